'use client';

import { useSyncExternalStore } from 'react';
import { writeCookie } from '@/lib/cookie.ts';

const cookie = 'cs-single-keys';
const listeners = new Set<() => void>();

/** Whether lone letters are shortcuts. Who dictates, or types with a tremor, can switch them off. */
export function hasSingleKeys(): boolean {
  return !document.cookie.split('; ').includes(`${cookie}=off`);
}

export function setSingleKeys(isOn: boolean): void {
  writeCookie(cookie, isOn ? 'on' : 'off');
  for (const listener of listeners) listener();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, hasSingleKeys, () => true);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
