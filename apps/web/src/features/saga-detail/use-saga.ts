'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useWatch } from '@/lib/live/context.ts';
import { useLedgerAfterLog } from '@/lib/live/ledger-after-log.ts';
import { type Saga, useTRPC } from '@/lib/trpc.ts';
import { isFinished } from '@/ui/status.ts';
import { attemptsOf } from './attempts.ts';

const workerPollMs = 3_000;
/** An ended saga may be retired; that leaves no event either, since its log goes with it. */
const endedPollMs = 5_000;

/** A stream that is asked for anything else is refused, and with it the page's one connection. */
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function pollMs(saga: Saga | undefined, error: unknown): number | false {
  if (saga === undefined || error) return false;
  if (isFinished(saga.status)) return endedPollMs;
  // That no worker can take it leaves no event in its log; it has to be asked for.
  return saga.owner === null ? workerPollMs : false;
}

/** A saga, its log, and the attempts read from it; the stream keeps all three fresh. */
export function useSaga(sagaId: string) {
  const trpc = useTRPC();
  useWatch(idShape.test(sagaId) ? sagaId : undefined);
  const saga = useQuery(
    trpc.sagas.get.queryOptions(
      { sagaId },
      { refetchInterval: ({ state }) => pollMs(state.data, state.error) },
    ),
  );
  const log = useQuery(trpc.sagas.events.queryOptions({ sagaId }));
  const events = useMemo(() => log.data ?? [], [log.data]);
  useLedgerAfterLog(sagaId, events);
  const attempts = useMemo(() => attemptsOf(events), [events]);
  return { saga, log, events, attempts };
}
