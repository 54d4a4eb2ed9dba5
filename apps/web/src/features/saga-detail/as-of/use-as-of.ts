'use client';

import { useUrlState } from '@/lib/url-state.ts';
import type { SagaEvent } from '@/lib/trpc.ts';
import { momentIn } from './moment-in.ts';

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
