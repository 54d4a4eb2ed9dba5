'use client';

import type { ReactNode } from 'react';
import { useLiveState } from '@/lib/live/context.ts';

/** Where pages stand. Grey while nothing gets through; each page says as of when it is. */
export function PageBody({ children }: { children: ReactNode }) {
  const isStale = useLiveState().phase === 'offline';
  return (
    <main id="main" tabIndex={-1} {...(isStale && { 'data-stale': true })}>
      {children}
    </main>
  );
}
