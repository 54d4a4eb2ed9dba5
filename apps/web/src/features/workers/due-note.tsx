'use client';

import { useQuery } from '@tanstack/react-query';
import { count } from '@/lib/format.ts';
import { duration } from '@/lib/time/format.ts';
import { useTRPC } from '@/lib/trpc.ts';

const everyMs = 2_000;

/** How far the workers are behind: what is due and in nobody's hand, and what has its time still to come. */
export function DueNote() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.workers.due.queryOptions(undefined, { refetchInterval: everyMs }));
  if (!data) return null;
  const { due, oldestMs, later, countMax } = data;
  const bounded = (n: number) => (n < countMax ? count(n) : `at least ${count(countMax)}`);
  const now =
    due === 0 || oldestMs === null
      ? 'nothing is due'
      : `${bounded(due)} due, the oldest for ${duration(oldestMs)}`;
  return <>{later === 0 ? now : `${now}; ${bounded(later)} for later`}</>;
}
