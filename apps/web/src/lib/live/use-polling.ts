'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import { pollEveryMs } from './state.ts';

/** Reads what the page shows anew every few seconds, for as long as the stream is away. */
export function usePolling(isAway: boolean, onPolled: (hasAnswer: boolean) => void): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();

  useEffect(() => {
    if (!isAway) return;
    let isOver = false;
    const poll = async () => {
      // One small question first: a dead server must not cost every query of the page its retries.
      const counts = await client.sagas.counts.query().catch(() => undefined);
      if (isOver) return;
      onPolled(counts !== undefined);
      if (!counts) return;
      queries.setQueryData(trpc.sagas.counts.queryKey(), counts);
      await queries.invalidateQueries();
    };
    void poll();
    const timer = setInterval(() => void poll(), pollEveryMs);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [isAway, client, onPolled, queries, trpc]);
}
