'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useWatch } from '@/lib/live/context.ts';
import { useTRPC } from '@/lib/trpc.ts';
import { attemptsOf } from './attempts.ts';

/** A saga, its log, and the attempts read from it; the stream keeps all three fresh. */
export function useSaga(sagaId: string) {
  const trpc = useTRPC();
  useWatch(sagaId);
  const saga = useQuery(trpc.sagas.get.queryOptions({ sagaId }));
  const log = useQuery(trpc.sagas.events.queryOptions({ sagaId }));
  const events = useMemo(() => log.data ?? [], [log.data]);
  const attempts = useMemo(() => attemptsOf(events), [events]);
  return { saga, log, events, attempts };
}
