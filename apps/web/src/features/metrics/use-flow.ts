'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/lib/trpc.ts';
import type { Window } from './window.ts';

const everyMs = 5_000;

/** Alone: in a batch, everything else would wait for its rows. */
const options = {
  refetchInterval: everyMs,
  // The last window stays until the next has come, so that nothing jumps.
  placeholderData: keepPreviousData,
  trpc: { context: { alone: true } },
} as const;

/** A window's flow, read anew every few seconds while it is looked at. */
export function useFlow(window: Window) {
  const trpc = useTRPC();
  return useQuery(trpc.metrics.flow.queryOptions({ window }, options));
}

export function useSteps(window: Window) {
  const trpc = useTRPC();
  return useQuery(trpc.metrics.steps.queryOptions({ window }, options));
}
