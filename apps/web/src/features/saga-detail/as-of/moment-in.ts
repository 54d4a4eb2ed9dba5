import type { SagaEvent } from '@/lib/trpc.ts';

/** A number that the log does not have, or no number at all, is the present. */
export function momentIn(events: readonly SagaEvent[], at: string | null): SagaEvent | undefined {
  if (at === null || !/^\d{1,9}$/.test(at)) return undefined;
  const seq = Number(at);
  return events.find((event) => event.seq === seq);
}
