'use client';

import { duration, millisBetween } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import type { SagaRow } from '@/lib/trpc.ts';

type Times = Pick<SagaRow, 'createdAt' | 'finishedAt'>;

/** From acceptance to the end, or to now while it runs. */
export function Elapsed({ saga }: { saga: Times }) {
  const isRunning = saga.finishedAt === undefined;
  const now = useNow(isRunning, 500);
  const ms = saga.finishedAt
    ? millisBetween(saga.createdAt, saga.finishedAt)
    : now - Date.parse(saga.createdAt);
  return <>{duration(ms)}</>;
}

/** Since acceptance. What is young is counted twice a second, what is old once. */
export function Age({ saga: { createdAt } }: { saga: Times }) {
  const now = useNow(true, 500);
  return <>{duration(now - Date.parse(createdAt))}</>;
}

/** From acceptance to the end; nothing while it runs. */
export function Took({ saga: { createdAt, finishedAt } }: { saga: Times }) {
  return <>{finishedAt && duration(millisBetween(createdAt, finishedAt))}</>;
}

export function Since({ at }: { at: string }) {
  const now = useNow(true, 1_000);
  const seconds = Math.floor(Math.max(0, now - Date.parse(at)) / 1_000);
  const text = seconds < 60 ? `${seconds} s` : duration(seconds * 1_000);
  return <span className="why first">{text} ago</span>;
}
