import type { Saga, SagaEvent, SagaRow } from '@/lib/trpc.ts';

/** Two pieces of one log as one: each event once, in order, whichever way it came. */
export function mergeEvents(
  known: readonly SagaEvent[] | undefined,
  arrived: readonly SagaEvent[],
): SagaEvent[] {
  const last = known?.at(-1)?.seq ?? 0;
  const first = arrived[0]?.seq ?? 1;
  // The usual case: what arrives continues what is known.
  if (first === last + 1) return [...(known ?? []), ...arrived];
  const bySeq = new Map([...(known ?? []), ...arrived].map((event) => [event.seq, event]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The later of two states of one saga; frames and answers may cross on their way. */
export function newer<T extends Pick<SagaRow, 'seq'> & { readonly logGeneration?: number }>(
  known: T | undefined,
  arrived: T,
): T {
  if (!known) return arrived;
  const generations = (arrived.logGeneration ?? 0) - (known.logGeneration ?? 0);
  if (generations !== 0) return generations > 0 ? arrived : known;
  return arrived.seq >= known.seq ? arrived : known;
}

/** For the query cache: an answer that was overtaken by the stream must not win over it. */
export const keepNewer = {
  events: (known: unknown, arrived: unknown) =>
    mergeEvents(known as SagaEvent[] | undefined, arrived as SagaEvent[]),
  saga: (known: unknown, arrived: unknown) => newer(known as Saga | undefined, arrived as Saga),
};
