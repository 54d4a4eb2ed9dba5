import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useShortcuts } from '@/lib/shortcuts/use-shortcuts.ts';
import type { Item } from './items.ts';

interface Acts {
  readonly toggle: (sagaId: string, isRange: boolean) => void;
  readonly act: (action: 'retry' | 'skip') => void;
}

/**
 * J and K walk from row to row, X takes one, R and S begin an act on what is taken. Walking moves the
 * focus to the row's own link, so that Enter opens it and a screen reader reads it.
 */
export function useRowKeys(
  items: readonly Item[],
  virtualizer: Virtualizer<Window, Element>,
  acts: Acts,
): void {
  const latest = useRef({ at: -1, isWanted: false });

  useEffect(() => {
    // A row that was walked to may have had to be drawn first.
    const { at, isWanted } = latest.current;
    if (isWanted && focusRow(at)) latest.current.isWanted = false;
  });

  const walk = (by: 1 | -1) => {
    const next = step(items, placeOf(latest.current.at), by);
    if (next === undefined) return;
    latest.current.at = next;
    if (!focusRow(next)) latest.current.isWanted = true;
    virtualizer.scrollToIndex(next, { align: 'auto' });
  };
  const toggle = (isRange: boolean) => {
    const item = items[placeOf(latest.current.at)];
    if (item?.kind === 'saga') acts.toggle(item.row.id, isRange);
  };
  useShortcuts('sagas', {
    rowDown: () => walk(1),
    rowUp: () => walk(-1),
    choose: () => toggle(false),
    chooseUpTo: () => toggle(true),
    retry: () => acts.act('retry'),
    skip: () => acts.act('skip'),
  });
}

/** The row that has the focus counts before the one that was walked to. */
function placeOf(walkedTo: number): number {
  const row = document.activeElement?.closest<HTMLElement>('tr[data-index]');
  return row ? Number(row.dataset['index']) : walkedTo;
}

/** The next row that is a saga. */
function step(items: readonly Item[], from: number, by: 1 | -1): number | undefined {
  for (let at = from + by; at >= 0 && at < items.length; at += by) {
    if (items[at]?.kind === 'saga') return at;
  }
  return undefined;
}

function focusRow(index: number): boolean {
  const link = document.querySelector<HTMLElement>(`tr[data-index="${index}"] .idc a`);
  link?.focus({ preventScroll: true });
  return link !== null;
}
