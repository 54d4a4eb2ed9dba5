'use client';

import { clock, duration } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import { useTimes } from '@/lib/time/times.tsx';

/** A moment the way the reader chose: UTC, local, or how long ago. */
export function Moment({ at, millis = true }: { at: string; millis?: boolean }) {
  const { mode } = useTimes();
  const now = useNow(mode === 'ago', 1_000);
  const text =
    mode === 'ago'
      ? `${duration(Math.floor(Math.max(0, now - Date.parse(at)) / 1_000) * 1_000)} ago`
      : clock(at, mode, millis);
  return (
    <time dateTime={at} title={at}>
      {text}
    </time>
  );
}

export const timesHeading = { utc: 'UTC', local: 'Local', ago: 'Ago' } as const;
