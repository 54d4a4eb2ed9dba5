'use client';

import { useEffect } from 'react';

/** Safari has no idle callbacks. */
const laterMs = 200;

/** Once, when the page that has just come has nothing else to do. */
export function useWhenIdle(act: () => unknown): void {
  useEffect(() => {
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(act, laterMs);
      return () => clearTimeout(timer);
    }
    const waiting = requestIdleCallback(act);
    return () => cancelIdleCallback(waiting);
  }, [act]);
}
