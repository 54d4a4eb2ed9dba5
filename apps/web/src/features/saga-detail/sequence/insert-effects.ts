import type { Ledger, SagaEvent } from '@/lib/trpc.ts';
import { textOf } from '../event-data.ts';
import { applied, dispatches, type Reader } from './reader.ts';
import type { SequenceRow } from './row.ts';

export type Effect = Pick<Ledger['effects'][number], 'step' | 'direction' | 'outcome' | 'at'>;

/**
 * A coordinator's log tells of an effect when its answer arrives. The block belongs where it was
 * committed: the service's own time says so, and lies between the first dispatch and that answer.
 */
export function insertEffects(
  reader: Reader,
  rows: readonly SequenceRow[],
  effects: readonly Effect[],
): readonly SequenceRow[] {
  const all = [...rows];
  const seen = new Set<string>();
  for (const event of reader.events) {
    const key = `${event.step}/${reader.wayOf(event)}`;
    if (!dispatches.has(event.type) || seen.has(key) || reader.isLeaderless(event)) continue;
    seen.add(key);
    const block = blockOf(reader, event, effects);
    if (block) all.splice(placeIn(all, block, event.seq), 0, block);
  }
  return all;
}

function blockOf(
  reader: Reader,
  dispatch: SagaEvent,
  effects: readonly Effect[],
): SequenceRow | undefined {
  const way = reader.wayOf(dispatch);
  const { step = '' } = dispatch;
  const isIts = (event: SagaEvent) => event.step === step && reader.wayOf(event) === way;
  const answer = reader.events.find((event) => applied.has(event.type) && isIts(event));
  const stored = effects.find((each) => each.step === step && each.direction === way);
  const isApplied = stored
    ? stored.outcome === 'applied' && stored.at <= reader.now
    : answer !== undefined && textOf(answer.data, 'effect') !== 'null' && !isByHand(answer);
  if (!isApplied) return undefined;
  const from = dispatch.at;
  const until = answer?.at ?? reader.now;
  const at = clamp(stored?.at ?? doubtAt(reader, isIts) ?? until, from, until);
  return {
    kind: 'effect',
    seq: answer?.seq ?? dispatch.seq,
    at,
    from: reader.lane(dispatch),
    label: `${reader.operation(dispatch)} applied`,
    note: answer ? '' : 'committed; the log has no answer yet',
    look:
      way === 'action'
        ? { icon: 'check', word: 'effect committed', tone: 'forward' }
        : { icon: 'undo', word: 'undo committed', tone: 'back' },
    way,
    step,
    attempt: attemptAt(reader, isIts, at),
    isAfterTurn: false,
  };
}

/** Where no service says when: by the attempt of which nobody knew. */
function doubtAt(reader: Reader, isIts: (event: SagaEvent) => boolean): string | undefined {
  return reader.events.find((event) => event.type === 'StepOutcomeUnknown' && isIts(event))?.at;
}

/** The attempt that was under way then. */
function attemptAt(reader: Reader, isIts: (event: SagaEvent) => boolean, at: string): number {
  const last = reader.events.findLast(
    (event) => dispatches.has(event.type) && isIts(event) && event.at <= at,
  );
  return last?.attempt ?? 1;
}

/** After its dispatch, and before whatever happened later. */
function placeIn(rows: readonly SequenceRow[], block: SequenceRow, dispatchSeq: number): number {
  const after = rows.findIndex((row) => row.seq === dispatchSeq) + 1;
  const later = rows.findIndex(
    (row, index) =>
      index >= after && (row.at > block.at || (row.at === block.at && row.kind !== 'effect')),
  );
  return later === -1 ? rows.length : later;
}

const isByHand = (event: SagaEvent) =>
  typeof event.data === 'object' && event.data !== null && 'byHand' in event.data;

/** Clocks of two databases may differ; an effect is never before its cause nor after its answer. */
const clamp = (at: string, from: string, until: string): string =>
  at < from ? from : at > until ? until : at;
