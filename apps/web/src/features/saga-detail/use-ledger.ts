import { useQuery } from '@tanstack/react-query';
import { type SagaEvent, useTRPC } from '@/lib/trpc.ts';
import { ledgerAsOf } from './as-of/ledger-as-of.ts';
import { ledgerOptions } from './ledger-options.ts';

/** The four services' rows, as of an event where one is given. */
export function useLedger(sagaId: string, asOf: SagaEvent | undefined) {
  const trpc = useTRPC();
  const ledger = useQuery(ledgerOptions(trpc, sagaId));
  const rows = ledger.data && (asOf ? ledgerAsOf(ledger.data, asOf.at) : ledger.data);
  return { ledger, rows };
}
