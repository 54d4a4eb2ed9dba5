'use client';

import { useSearchParams } from 'next/navigation';
import { useQueryStates, type inferParserType } from 'nuqs';
import { useMemo } from 'react';
import { isStorable, searchProblem, searchText } from '@/lib/saga-search.ts';
import { params, toSearch } from './params.ts';
import { type TabId, tabOf } from './tabs.ts';

export type FilterState = inferParserType<typeof params>;
/** Null takes a value out of the address again. */
type Changes = { readonly [Name in keyof FilterState]?: FilterState[Name] | null };
export type Filter = ReturnType<typeof useFilter>;

/** As the server takes it. */
const nameLengthMax = 100;

/** The list's filter, all of it in the URL. */
export function useFilter() {
  const [state, set] = useQueryStates(params, { history: 'replace', shallow: true });
  const raw = useSearchParams();
  const { search, style, definition, batch, order, group } = state;
  const tab = tabOf(state.tab);
  const isByCause = tab.id === 'stuck' && group === 'cause';
  const query = useMemo(
    () => ({
      ...(tab.statuses && { status: [...tab.statuses] }),
      ...(tab.view && { view: tab.view }),
      ...(searchText(search) && { search: searchText(search) }),
      ...(style && { style }),
      ...(definition && { definition }),
      ...(batch && { correlationId: batch }),
    }),
    [tab, search, style, definition, batch],
  );
  /** A selection is of one view; a change of the view lets go of it. */
  const change = (changes: Changes) => void set({ selected: null, ...changes });
  const hrefWith = (changes: Partial<FilterState>) =>
    `/sagas${toSearch({ ...state, status: null, selected: null, ...changes })}`;
  return {
    ...state,
    tab,
    query,
    order: isByCause ? ('cause' as const) : orderOf(tab.id, order),
    isByCause,
    change,
    hrefWith,
    unknown: unknownOf(raw, state),
    impossible: impossibleOf({ search, definition, batch }),
  };
}

/** What needs somebody first, as long as nothing else is asked for. */
function orderOf(tab: TabId, asked: FilterState['order']) {
  if (tab === 'active') return asked ?? 'urgent';
  return asked === 'oldest' ? 'oldest' : 'newest';
}

interface Read {
  get(name: string): string | null;
}

/** Values in the address that mean nothing here; the list says so instead of passing them over. */
function unknownOf(raw: Read, { tab, style, order, group }: FilterState) {
  const read = { tab, status: tab, style, order, group };
  return (['tab', 'status', 'style', 'order', 'group'] as const).flatMap((name) => {
    const given = raw.get(name);
    return given && given !== read[name] ? [{ name, given: given.slice(0, 40) }] : [];
  });
}

/** Why nothing can match; the server is not asked. */
function impossibleOf(given: { search: string; definition: string; batch: string }) {
  const { search, definition, batch } = given;
  const problem = searchProblem(search);
  if (problem) return problem;
  if ([definition, batch].some((name) => name.length > nameLengthMax)) {
    return `A name has at most ${nameLengthMax} characters.`;
  }
  return [definition, batch].every(isStorable)
    ? undefined
    : 'There is a character in this search that no saga can have.';
}
