'use client';

import type { CSSProperties } from 'react';
import { tenths } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';

/** Tabular tenths until a moment; nothing shifts while it runs. */
export function Countdown({ until, bar = false }: { until: string; bar?: boolean }) {
  const now = useNow(true);
  const leftMs = Math.max(0, Date.parse(until) - now);
  return (
    <span className="nx">
      {bar && <i style={{ '--p': `${Math.min(100, leftMs / 50)}%` } as CSSProperties} />}
      {leftMs > 0 ? `in ${tenths(leftMs)}` : 'due now'}
    </span>
  );
}
