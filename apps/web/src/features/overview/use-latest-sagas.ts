'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLive, useRowsVersion } from '@/lib/live/context.ts';
import { type SagaRow, useTRPC } from '@/lib/trpc.ts';

const shown = 8;

/** Those that need a person, then the newest; new ones wait until somebody asks for them. */
export function useLatestSagas() {
  const trpc = useTRPC();
  useRowsVersion();
  const { rows: live } = useLive();
  const list = useQuery(
    trpc.sagas.list.queryOptions(
      { limit: shown },
      { staleTime: Infinity, refetchOnMount: 'always' },
    ),
  );
  const stuck = useQuery(
    trpc.sagas.list.queryOptions({ status: ['stuck'], limit: 3 }, { refetchOnMount: 'always' }),
  );
  const rows = useMemo(() => {
    const needing = stuck.data?.items ?? [];
    const others = (list.data?.items ?? []).filter(({ id }) =>
      needing.every((saga) => saga.id !== id),
    );
    return [...needing, ...others].slice(0, shown);
  }, [list.data, stuck.data]);
  const fresh = countFresh(live.all(), rows);
  const showFresh = () => {
    void list.refetch();
    void stuck.refetch();
  };
  return { list, rows, fresh, showFresh };
}

function countFresh(live: readonly SagaRow[], rows: readonly SagaRow[]): number {
  const known = new Set(rows.map(({ id }) => id));
  const newest =
    rows
      .map(({ createdAt }) => createdAt)
      .sort()
      .at(-1) ?? '';
  return live.filter(({ id, createdAt }) => !known.has(id) && createdAt > newest).length;
}
