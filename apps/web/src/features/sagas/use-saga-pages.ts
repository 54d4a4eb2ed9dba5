'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import type { useFilter } from './use-filter.ts';

const pageSize = 50;

/**
 * The list, page by page. Its query key extends the list's own, but the call is made here: the
 * integration's infinite variant adds a field of its own to the input, which the server refuses.
 */
export function useSagaPages(filter: ReturnType<typeof useFilter>['query']) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return useInfiniteQuery({
    queryKey: [...trpc.sagas.list.pathKey(), 'pages', filter],
    queryFn: ({ pageParam, signal }) =>
      client.sagas.list.query(
        { ...filter, limit: pageSize, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // What is shown stays where it is; what is new waits behind "N new".
    staleTime: Infinity,
    refetchOnMount: 'always',
  });
}
