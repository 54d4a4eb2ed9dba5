'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { matches } from '@/lib/saga-filter.ts';
import { searchProblem, searchText } from '@/lib/saga-search.ts';
import { useTRPC } from '@/lib/trpc.ts';

/** Each key would be a request. */
const pauseMs = 150;
const lengthMin = 2;
const shownMax = 6;

/** Sagas by id or its end, order or customer, once typing pauses. */
export function useFoundSagas(text: string) {
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(searchText(text)), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);

  const problem = searchProblem(text);
  const isAsked = search.length >= lengthMin && searchProblem(search) === undefined;
  const { data, error, isFetching, refetch } = useQuery(
    trpc.sagas.list.queryOptions(
      { search, limit: shownMax },
      { enabled: isAsked, placeholderData: keepPreviousData },
    ),
  );
  const found = data?.items ?? [];
  const isWanted = searchText(text).length >= lengthMin && problem === undefined;
  return {
    isWanted,
    problem,
    error: isAsked ? error : null,
    retry: () => void refetch(),
    isSearching: isWanted && (isFetching || search !== searchText(text)),
    // Those of the text before stay until the answer comes, as far as they match this one too.
    rows:
      isWanted && isAsked ? found.filter((row) => matches({ search: searchText(text) }, row)) : [],
  };
}
