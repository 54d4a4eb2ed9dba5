'use client';

import { useEffect, useRef } from 'react';
import { isSingleKey, type ShortcutId, shortcutOf, type Where } from './shortcuts.ts';
import { hasSingleKeys } from './single-keys.ts';

type Act = (event: KeyboardEvent) => void;

/**
 * Listens for the shortcuts of one place. Nothing happens while a dialog is open, nor, for single keys,
 * while somebody types or has switched them off.
 */
export function useShortcuts(where: Where, acts: Partial<Readonly<Record<ShortcutId, Act>>>): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const id = shortcutOf(event, where);
      const act = id && latest.current[id];
      if (!act || document.querySelector('dialog[open]')) return;
      if (isSingleKey(id) && (isTyped(event) || !hasSingleKeys())) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [where]);
}

function isTyped({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isField = target.matches('input:not([type="checkbox"]), select, textarea');
  return isField || target.isContentEditable;
}
