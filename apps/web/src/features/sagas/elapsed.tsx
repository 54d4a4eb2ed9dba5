'use client';

import { duration, millisBetween } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import type { SagaRow } from '@/lib/trpc.ts';

/** From acceptance to the end, or to now while it runs. */
export function Elapsed({ saga }: { saga: Pick<SagaRow, 'createdAt' | 'finishedAt'> }) {
  const isRunning = saga.finishedAt === undefined;
  const now = useNow(isRunning, 500);
  const ms = saga.finishedAt
    ? millisBetween(saga.createdAt, saga.finishedAt)
    : now - Date.parse(saga.createdAt);
  return <>{duration(ms)}</>;
}
