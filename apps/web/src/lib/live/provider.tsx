'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { serverNow } from '@/lib/time/now.ts';
import { useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import { LiveContext, LiveStateContext } from './context.ts';
import { RowStore } from './rows.ts';
import { type LiveState, reconnectDelayMs } from './state.ts';
import { write } from './write.ts';

/** After this many failures in a row the pill says offline; tries go on. */
const offlineAfter = 5;

/**
 * Owns the one stream of this tab. A new watch opens it anew from the last event known; a lost one
 * comes back with growing delays and resumes where it was, so the log has no gap and no repeat.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [rows] = useState(() => new RowStore());
  const [state, setState] = useState<LiveState>({ phase: 'connecting' });
  const [watched, watch] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const failures = useRef(0);

  const place = useCallback(
    (sagaId: string) => {
      const known = queries.getQueryData(trpc.sagas.events.queryKey({ sagaId }));
      const saga = queries.getQueryData(trpc.sagas.get.queryKey({ sagaId }));
      const afterSeq = known?.at(-1)?.seq ?? 0;
      return { afterSeq, ...(saga && { logGeneration: saga.logGeneration }) };
    },
    [queries, trpc],
  );

  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    let over = false;

    const lost = () => {
      if (over) return;
      over = true;
      subscription.unsubscribe();
      const delayMs = reconnectDelayMs(failures.current, Math.random());
      failures.current += 1;
      const isOffline = failures.current >= offlineAfter;
      setState((before) => {
        const since = 'since' in before ? before.since : Date.now();
        return isOffline
          ? { phase: 'offline', since }
          : { phase: 'reconnecting', retryAt: serverNow() + delayMs, since };
      });
      retry = setTimeout(() => setAttempt((n) => n + 1), delayMs);
    };

    const subscription = client.live.subscribe(
      {
        feed: {},
        ...(watched && { watch: { sagaId: watched, ...place(watched) } }),
      },
      {
        onData({ data: frame }) {
          // After a gap, lists and counts may have missed changes; the log resumes by sequence.
          if (failures.current > 0) void queries.invalidateQueries();
          failures.current = 0;
          if (frame.type === 'tick') setState({ phase: 'live', lagMs: frame.lagMs });
          write(frame, { queries, trpc, rows });
        },
        onConnectionStateChange(change) {
          // The browser would come back by itself, but seconds later and without our position.
          if (change.state === 'connecting' && change.error) lost();
        },
        onError: lost,
        onComplete: lost,
      },
    );
    return () => {
      over = true;
      clearTimeout(retry);
      subscription.unsubscribe();
    };
  }, [attempt, client, place, queries, rows, trpc, watched]);

  const live = useMemo(() => ({ rows, watch }), [rows]);
  return (
    <LiveContext value={live}>
      <LiveStateContext value={state}>{children}</LiveStateContext>
    </LiveContext>
  );
}
