'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { attemptsOf } from '@/features/saga-detail/attempts.ts';
import { useFollow } from '@/lib/live/follow.ts';
import { useLedgerAfterLog } from '@/lib/live/ledger-after-log.ts';
import { useTRPC } from '@/lib/trpc.ts';
import { isFinished } from '@/ui/status.ts';

const pollMs = 3_000;

/** All that is known of one of the two sagas; the stream keeps it fresh, and without it a poll. */
export function useSide(sagaId: string) {
  const trpc = useTRPC();
  useFollow(sagaId);
  const saga = useQuery(
    trpc.sagas.get.queryOptions(
      { sagaId },
      {
        refetchInterval: ({ state }) =>
          state.data && !isFinished(state.data.status) ? pollMs : false,
      },
    ),
  );
  const isMoving = saga.data !== undefined && !isFinished(saga.data.status);
  const log = useQuery(
    trpc.sagas.events.queryOptions({ sagaId }, { refetchInterval: isMoving && pollMs }),
  );
  const ledger = useQuery(
    trpc.sagas.ledger.queryOptions({ sagaId }, { trpc: { context: { alone: true } } }),
  );
  const events = useMemo(() => log.data ?? [], [log.data]);
  useLedgerAfterLog(sagaId, events);
  const attempts = useMemo(() => attemptsOf(events), [events]);
  const error = saga.error ?? log.error ?? ledger.error;
  const refetch = () => {
    void saga.refetch();
    void log.refetch();
    void ledger.refetch();
  };
  return { saga: saga.data, events, attempts, ledger: ledger.data, error, refetch };
}
