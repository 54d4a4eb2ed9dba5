'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { serverNow } from '@/lib/time/now.ts';
import { useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import { LiveContext, LiveStateContext } from './context.ts';
import { RowStore } from './rows.ts';
import { afterLoss, afterPoll, type LiveState, reconnectDelayMs } from './state.ts';
import { useIsVisible } from './use-is-visible.ts';
import { usePolling } from './use-polling.ts';
import { write } from './write.ts';

/**
 * Owns the one stream of this tab. A new watch opens it anew from the last event known; a lost one
 * comes back with growing delays and resumes where it was, so the log has no gap and no repeat. A tab
 * that nobody sees lets go of it: over HTTP/1.1 a browser has six connections to us for all its tabs.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [rows] = useState(() => new RowStore());
  const [state, setState] = useState<LiveState>({ phase: 'connecting' });
  const [watched, watch] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const isVisible = useIsVisible();
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
    if (!isVisible) {
      setState({ phase: 'connecting' });
      // What changes meanwhile is read when the tab is looked at again.
      failures.current = Math.max(1, failures.current);
      return;
    }
    let retry: ReturnType<typeof setTimeout> | undefined;
    let over = false;

    const lost = () => {
      if (over) return;
      over = true;
      subscription.unsubscribe();
      const delayMs = reconnectDelayMs(failures.current, Math.random());
      failures.current += 1;
      const loss = { failures: failures.current, retryAt: serverNow() + delayMs, now: Date.now() };
      setState((before) => afterLoss(before, loss));
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
  }, [attempt, client, isVisible, place, queries, rows, trpc, watched]);

  // The machine has its network back: no need to wait for the next try.
  useEffect(() => {
    const retry = () => setAttempt((n) => n + 1);
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, []);

  const onPolled = useCallback(
    (hasAnswer: boolean) => setState((before) => afterPoll(before, hasAnswer, Date.now())),
    [],
  );
  usePolling(state.phase === 'offline' || state.phase === 'polling', onPolled);

  const live = useMemo(() => ({ rows, watch }), [rows]);
  return (
    <LiveContext value={live}>
      <LiveStateContext value={state}>{children}</LiveStateContext>
    </LiveContext>
  );
}
