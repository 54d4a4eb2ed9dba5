import type { QueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/routers/index.ts';
import type { Saga, useTRPC } from '@/lib/trpc.ts';
import { setServerTime } from '@/lib/time/now.ts';
import { mergeEvents } from './apply.ts';
import { refreshSoon } from './refresh-soon.ts';
import type { RowStore } from './rows.ts';

type Streamed = inferRouterOutputs<AppRouter>['live'];
type FrameOf<T> = T extends AsyncIterable<infer Item> ? Item : never;
/** The server tracks frames by id: the client gets them as `{ id, data }`. */
export type Frame = FrameOf<Streamed> extends { data: infer Data } ? Data : never;

interface Targets {
  readonly queries: QueryClient;
  readonly trpc: ReturnType<typeof useTRPC>;
  readonly rows: RowStore;
}

/** Brings one frame to where pages read: the query cache and the row store. */
export function write(frame: Frame, { queries, trpc, rows }: Targets): void {
  switch (frame.type) {
    case 'events': {
      const { sagaId, events } = frame;
      queries.setQueryData(trpc.sagas.events.queryKey({ sagaId }), (known) =>
        mergeEvents(known, events),
      );
      const detail = trpc.sagas.get.queryKey({ sagaId });
      const seen = queries.getQueryData<Saga>(detail)?.seq ?? 0;
      const last = events.at(-1)?.seq ?? 0;
      if (last <= seen) return;
      refreshSoon(`saga ${sagaId}`, () => queries.invalidateQueries({ queryKey: detail }));
      return;
    }
    case 'rewritten': {
      const { sagaId } = frame;
      queries.setQueryData(trpc.sagas.events.queryKey({ sagaId }), []);
      void queries.invalidateQueries({ queryKey: trpc.sagas.get.queryKey({ sagaId }) });
      return;
    }
    case 'sagas':
      rows.put(frame.items);
      return;
    case 'counts':
      queries.setQueryData(trpc.sagas.counts.queryKey(), frame.counts);
      return;
    case 'faults':
      queries.setQueryData(trpc.faults.list.queryKey(), [...frame.rules]);
      return;
    case 'tick':
      setServerTime(frame.at);
      return;
    case 'reset':
      void queries.invalidateQueries();
  }
}
