import type { useTRPC } from '@/lib/trpc.ts';

/** The four services' rows of a saga, read once for all panes that show them. */
export function ledgerOptions(trpc: ReturnType<typeof useTRPC>, sagaId: string) {
  return trpc.sagas.ledger.queryOptions(
    { sagaId },
    // Alone: four databases answer it, and nothing else on the page should wait for the slowest.
    { trpc: { context: { alone: true } } },
  );
}
