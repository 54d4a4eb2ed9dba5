import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
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
  const latest = useRef({ items, virtualizer, acts, at: -1, isWanted: false });

  useEffect(() => {
    latest.current = { ...latest.current, items, virtualizer, acts };
    // A row that was walked to may have had to be drawn first.
    const { at, isWanted } = latest.current;
    if (isWanted && focusRow(at)) latest.current.isWanted = false;
  });

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return;
      const { items, virtualizer, acts } = latest.current;
      const at = focusedRow() ?? latest.current.at;
      const item = items[at];
      switch (event.key.toLowerCase()) {
        case 'j':
        case 'k': {
          const next = step(items, at, event.key.toLowerCase() === 'j' ? 1 : -1);
          if (next === undefined) return;
          latest.current.at = next;
          if (!focusRow(next)) latest.current.isWanted = true;
          virtualizer.scrollToIndex(next, { align: 'auto' });
          break;
        }
        case 'x':
          if (item?.kind !== 'saga') return;
          acts.toggle(item.row.id, event.shiftKey);
          break;
        case 'r':
          acts.act('retry');
          break;
        case 's':
          acts.act('skip');
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
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

function focusedRow(): number | undefined {
  const row = document.activeElement?.closest<HTMLElement>('tr[data-index]');
  return row ? Number(row.dataset['index']) : undefined;
}

/** Keys that somebody types into a field, or that are for the browser. */
function isElsewhere({ target, metaKey, ctrlKey, altKey }: KeyboardEvent): boolean {
  if (metaKey || ctrlKey || altKey || document.querySelector('dialog[open]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  const isField = target.matches('input:not([type="checkbox"]), select, textarea');
  return isField || target.isContentEditable;
}
