'use client';

import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { SagaRow } from '@/lib/trpc.ts';
import { RowStore } from './rows.ts';
import type { LiveState } from './state.ts';

export interface Live {
  readonly rows: RowStore;
  /** Names the saga whose log this tab follows; undefined for none. */
  readonly watch: (sagaId: string | undefined) => void;
}

/** Apart from the rest: it changes every second, and only the pill and the notes of staleness read it. */
export const LiveStateContext = createContext<LiveState>({ phase: 'connecting' });

export const useLiveState = () => useContext(LiveStateContext);

export const LiveContext = createContext<Live>({
  rows: new RowStore(),
  watch: () => undefined,
});

export const useLive = () => useContext(LiveContext);

/** Follows one saga's log while the component is on the page; nothing while there is no id. */
export function useWatch(sagaId: string | undefined): void {
  const { watch } = useLive();
  useEffect(() => {
    watch(sagaId);
    return () => watch(undefined);
  }, [watch, sagaId]);
}

/** A row with whatever the stream has said of it since it was read. */
export function useLatest(row: SagaRow): SagaRow {
  const { rows } = useLive();
  const read = () => {
    const streamed = rows.get(row.id);
    return streamed && streamed.seq > row.seq ? streamed : row;
  };
  return useSyncExternalStore(rows.subscribe, read, () => row);
}

/** Changes with every change of any row. */
export function useRowsVersion(): number {
  const { rows } = useLive();
  return useSyncExternalStore(
    rows.subscribe,
    () => rows.version,
    () => 0,
  );
}
