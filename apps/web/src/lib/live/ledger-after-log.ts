'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type SagaEvent, useTRPC } from '@/lib/trpc.ts';
import { refreshSoon } from './refresh-soon.ts';

/**
 * Services commit before the log tells of it. So the ledger is read again whenever the log has grown: one
 * that was read a moment before the log would else stay as it was, beside a saga that has ended.
 */
export function useLedgerAfterLog(sagaId: string, events: readonly SagaEvent[]): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const seq = events.at(-1)?.seq ?? 0;
  useEffect(() => {
    if (seq === 0) return;
    const queryKey = trpc.sagas.ledger.queryKey({ sagaId });
    refreshSoon(`ledger ${sagaId}`, () => queries.invalidateQueries({ queryKey }));
  }, [queries, sagaId, seq, trpc]);
}
