'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import type { Filter } from './use-filter.ts';

/** What the largest screens show at once and a little more, so that it is there sooner. */
const firstPageSize = 60;
const pageSize = 100;

/**
 * The list, page by page. Its query key extends the list's own, but the call is made here: the
 * integration's infinite variant adds a field of its own to the input, which the server refuses.
 */
export function useSagaPages({ query, order, impossible }: Filter) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return useInfiniteQuery({
    queryKey: [...trpc.sagas.list.pathKey(), 'pages', query, order],
    queryFn: ({ pageParam, signal }) =>
      client.sagas.list.query(
        {
          ...query,
          order,
          ...(pageParam ? { cursor: pageParam, limit: pageSize } : { limit: firstPageSize }),
        },
        // Alone: in a batch the list would wait for the slowest of its neighbours.
        { signal, context: { alone: true } },
      ),
    enabled: impossible === undefined,
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // What is shown stays where it is; what is new waits behind "N new".
    staleTime: Infinity,
    refetchOnMount: 'always',
  });
}
