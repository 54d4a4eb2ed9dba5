import { memberOf, textOf } from '@/features/saga-detail/event-data.ts';
import { eventLook } from '@/features/saga-detail/log-words.ts';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { SagaEvent } from '@/lib/trpc.ts';
import type { Look } from '@/ui/status.ts';
import type { Divergence } from './divergence.ts';
import { type Side, sinceAcceptance } from './side.ts';

/** One line of a log or of a ledger around the place where two sagas part. */
export interface Entry {
  readonly key: string;
  readonly ms: number;
  readonly step?: string;
  readonly look: Look;
  readonly note: string;
  readonly isAfter: boolean;
}

const shownBefore = 2;
const shownAfter = 3;
const committed: Look = { icon: 'check', word: 'committed', tone: 'mute' };
const leftOut = new Set(['SagaAccepted', 'SagaClaimed']);

/** The last lines that both have in common, and the first ones after it. */
export function entriesOf(side: Side, divergence: Divergence, index: 0 | 1): readonly Entry[] {
  const logged = side.events
    .filter((event) => !leftOut.has(event.type) && !isToldByCommit(side, event))
    .map((event) => entryOf(side, event, isAfter(side, divergence, index, event)));
  const commits = (side.ledger?.effects ?? [])
    .filter(({ outcome }) => outcome === 'applied')
    .map((effect): Entry => {
      const { step, direction, at } = effect;
      const isIt = step === divergence.step && direction === divergence.way;
      return {
        key: `commit ${step} ${direction}`,
        ms: sinceAcceptance(side, at),
        step,
        look: committed,
        note: seenBy(side, step),
        // A lost reply is lost after a commit that both have.
        isAfter: isIt ? !isInDoubt(divergence) : isAfter(side, divergence, index, { at }),
      };
    });
  // A stable sort: what has the same time keeps the order of the log.
  const all = [...commits, ...logged].sort((a, b) => a.ms - b.ms);
  const before = all.filter((entry) => !entry.isAfter);
  const after = all.filter((entry) => entry.isAfter);
  return [...before.slice(-shownBefore), ...after.slice(0, shownAfter)];
}

function isAfter(
  side: Side,
  { moves, atMs }: Divergence,
  index: 0 | 1,
  { at, seq }: { readonly at: string; readonly seq?: number },
): boolean {
  const own = moves[index];
  if (!own) return sinceAcceptance(side, at) > atMs;
  return seq === undefined ? at >= own.at : seq >= own.seq;
}

const isInDoubt = ({ moves }: Divergence): boolean =>
  moves.some((move) => move?.kind === 'unknown');

function entryOf(side: Side, event: SagaEvent, after: boolean): Entry {
  const { step } = event;
  return {
    key: `event ${event.seq}`,
    ms: sinceAcceptance(side, event.at),
    ...(step !== undefined && { step }),
    look: eventLook(event),
    note: noteOf(event),
    isAfter: after,
  };
}

/** In choreography the commit is the success; nobody has to hear of it first. */
function isToldByCommit({ saga, ledger }: Side, { type, step }: SagaEvent): boolean {
  return (
    saga.style === 'choreography' &&
    type === 'StepSucceeded' &&
    (ledger?.effects.some((effect) => effect.step === step && effect.outcome === 'applied') ??
      false)
  );
}

function seenBy({ saga, events }: Side, step: string): string {
  if (saga.style === 'orchestration') return 'seen by the service only';
  const at = events.findIndex((event) => event.type === 'StepSucceeded' && event.step === step);
  const cause = events
    .slice(at)
    .map(({ data }) => textOf(data, 'cause'))
    .find(Boolean);
  return at < 0 || !cause ? 'with its event in the outbox' : `with ${cause} in the outbox`;
}

function noteOf({ type, data, at, attempt = 1 }: SagaEvent): string {
  const error = textOf(memberOf(data, 'error'), 'message');
  const cause = textOf(data, 'cause');
  switch (type) {
    case 'StepDispatched':
    case 'CompensationDispatched':
      if (cause) return `on ${cause}`;
      return attempt > 1 ? 'asked again, same key' : '';
    case 'StepSucceeded':
    case 'StepCompensated':
      return memberOf(data, 'duplicate') === true ? 'barrier returns the stored result' : '';
    case 'RetryScheduled': {
      const runAt = textOf(data, 'runAt');
      return runAt ? `in ${duration(millisBetween(at, runAt))}` : '';
    }
    default:
      return error;
  }
}
