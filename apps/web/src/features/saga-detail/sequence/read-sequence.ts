import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { insertEffects, type Effect } from './insert-effects.ts';
import { readEvent } from './read-event.ts';
import { Reader } from './reader.ts';
import type { SequenceRow } from './row.ts';

export type { Effect } from './insert-effects.ts';

/**
 * A saga's messages in the order of their arrival, read from its log. `effects` are what the services
 * have stored: they say when an effect was committed whose answer was late or lost. `now` bounds what is
 * taken to have happened since. Pure.
 */
export function readSequence(
  saga: Pick<Saga, 'style' | 'steps'>,
  events: readonly SagaEvent[],
  effects: readonly Effect[],
  now: string,
): readonly SequenceRow[] {
  const reader = new Reader(saga, events, now);
  const rows = events.flatMap((event) => readEvent(reader, event));
  return afterTurn(insertEffects(reader, rows, effects), events);
}

/** From the message on that turned the saga, or from the decision of its coordinator. */
function afterTurn(rows: readonly SequenceRow[], events: readonly SagaEvent[]): SequenceRow[] {
  const turn = events.find(({ type }) => type === 'CompensationStarted');
  if (!turn) return [...rows];
  const first = events.find(
    ({ messageId }) => messageId !== undefined && messageId === turn.messageId,
  );
  const seq = first?.seq ?? turn.seq;
  const from = rows.findIndex((row) => row.seq >= seq && row.kind !== 'effect');
  return rows.map((row, index) =>
    from >= 0 && index >= from ? { ...row, isAfterTurn: true } : row,
  );
}
