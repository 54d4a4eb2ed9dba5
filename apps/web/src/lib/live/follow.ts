'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '@/lib/trpc.ts';
import { useLive, useLiveState } from './context.ts';
import { refreshSoon } from './refresh-soon.ts';

/**
 * Keeps a saga, its log and its ledger fresh beside the one that the tab watches: the feed says that
 * it moved on, and what is new is read. Read once more whenever the stream is back, for what it missed.
 */
export function useFollow(sagaId: string): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { rows } = useLive();
  const isLive = useLiveState().phase === 'live';
  useEffect(() => {
    const log = trpc.sagas.events.queryKey({ sagaId });
    const keys = [log, trpc.sagas.get.queryKey({ sagaId }), trpc.sagas.ledger.queryKey({ sagaId })];
    const refresh = () => {
      for (const queryKey of keys) {
        refreshSoon(`follow ${JSON.stringify(queryKey)}`, () =>
          queries.invalidateQueries({ queryKey }),
        );
      }
    };
    const look = () => {
      const seen = queries.getQueryData(log)?.at(-1)?.seq ?? 0;
      if ((rows.get(sagaId)?.seq ?? 0) > seen) refresh();
    };
    if (isLive) refresh();
    return rows.subscribe(look);
  }, [isLive, queries, rows, sagaId, trpc]);
}
