'use client';

import { useSyncExternalStore } from 'react';

/** Whether somebody can see this tab. */
export function useIsVisible(): boolean {
  return useSyncExternalStore(subscribe, isVisible, () => true);
}

const isVisible = () => document.visibilityState !== 'hidden';

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
