'use client';

import { useMemo } from 'react';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { type Attempt, attemptsOf } from '../attempts.ts';
import { sagaAsOf } from './saga-as-of.ts';
import { type AsOfMoment, useAsOf } from './use-as-of.ts';

/** What the panes draw: a saga, its log and the attempts in it, all of one moment. */
export interface ShownSaga {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
}

/** The present, or the past up to the chosen event. */
export function useShownSaga(
  saga: Saga | undefined,
  events: readonly SagaEvent[],
  attempts: readonly Attempt[],
): { moment: AsOfMoment; shown: ShownSaga | undefined } {
  const moment = useAsOf(events);
  const seq = moment.event?.seq;
  const shown = useMemo(() => {
    if (!saga || seq === undefined) return saga && { saga, events, attempts };
    const seen = events.filter((event) => event.seq <= seq);
    return { saga: sagaAsOf(saga, events, seq), events: seen, attempts: attemptsOf(seen) };
  }, [saga, events, attempts, seq]);
  return { moment, shown };
}
