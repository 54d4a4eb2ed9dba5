'use client';

import { dueAt } from '@/lib/time/format.ts';
import { serverNow } from '@/lib/time/now.ts';
import { useTimes } from '@/lib/time/times.tsx';

/** A moment to come, as a clock shows it; how long ago says nothing of the future. */
export function Until({ at, seconds = false }: { at: string; seconds?: boolean }) {
  const { mode } = useTimes();
  const zone = mode === 'local' ? 'local' : 'utc';
  return (
    <time dateTime={at} title={at}>
      {dueAt(at, zone, { now: serverNow(), withSeconds: seconds })}
    </time>
  );
}
