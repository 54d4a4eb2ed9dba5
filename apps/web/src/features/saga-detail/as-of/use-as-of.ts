'use client';

import { useUrlState } from '@/lib/url-state.ts';
import type { SagaEvent } from '@/lib/trpc.ts';

/** Which moment of the saga the page shows; undefined is the present. */
export interface AsOfMoment {
  readonly event: SagaEvent | undefined;
  readonly goTo: (seq: number | undefined) => void;
}

/** The moment is the number of an event, in the URL as `at`: it means the same tomorrow. */
export function useAsOf(events: readonly SagaEvent[]): AsOfMoment {
  const { params, changeHere } = useUrlState();
  return {
    event: momentIn(events, params.get('at')),
    goTo: (seq) => changeHere({ at: seq === undefined ? undefined : String(seq) }),
  };
}

/** A number that the log does not have, or no number at all, is the present. */
export function momentIn(events: readonly SagaEvent[], at: string | null): SagaEvent | undefined {
  if (at === null || !/^\d{1,9}$/.test(at)) return undefined;
  const seq = Number(at);
  return events.find((event) => event.seq === seq);
}
