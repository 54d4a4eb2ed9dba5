import { useRef } from 'react';
import type { SagaRow } from '@/lib/trpc.ts';
import { useToast } from '@/ui/toast.tsx';
import { chosenMax } from './params.ts';
import type { Filter } from './use-filter.ts';

export interface Choosing {
  /** Takes one saga or lets go of it; with `isRange` all from the one before to it. */
  readonly toggle: (sagaId: string, isRange?: boolean) => void;
  readonly toggleMany: (sagaIds: readonly string[]) => void;
  readonly chooseAll: () => void;
  readonly clear: () => void;
}

/** Which sagas the next act is for: in the address, so that a colleague sees the same. */
export function useSelection({ selected, change }: Filter, rows: readonly SagaRow[]): Choosing {
  const anchor = useRef<string>(undefined);
  const toast = useToast();
  // From everything, one that is let go of leaves those that are on the page.
  const chosen = selected === 'all' ? rows.map(({ id }) => id) : selected;

  function set(ids: readonly string[]) {
    const next = [...new Set(ids)];
    if (next.length > chosenMax) {
      const detail = 'For more, take everything that the view finds.';
      toast({ icon: 'list', title: `At most ${chosenMax} are chosen one by one`, detail });
    }
    change({ selected: next.length > 0 ? next.slice(0, chosenMax) : null });
  }

  function toggle(sagaId: string, isRange = false) {
    const from = isRange ? rows.findIndex(({ id }) => id === anchor.current) : -1;
    const to = rows.findIndex(({ id }) => id === sagaId);
    anchor.current = sagaId;
    if (from >= 0 && to >= 0) {
      const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id);
      set([...chosen, ...range]);
    } else if (chosen.includes(sagaId)) set(chosen.filter((id) => id !== sagaId));
    else set([...chosen, sagaId]);
  }

  function toggleMany(sagaIds: readonly string[]) {
    const isEach = sagaIds.every((id) => chosen.includes(id));
    const others = chosen.filter((id) => !sagaIds.includes(id));
    set(isEach ? others : [...others, ...sagaIds]);
  }

  return {
    toggle,
    toggleMany,
    chooseAll: () => change({ selected: 'all' }),
    clear: () => change({ selected: null }),
  };
}
