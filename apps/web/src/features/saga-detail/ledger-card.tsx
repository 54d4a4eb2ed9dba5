'use client';

import './ledger.css';
import { useQuery } from '@tanstack/react-query';
import { type Saga, useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';
import type { Attempt } from './attempts.ts';
import { Balance } from './balance.tsx';
import { LedgerRows } from './ledger-rows.tsx';

/** This order's rows in all four services, beside the log that says they should be there. */
export function LedgerCard({ saga, attempts }: { saga: Saga; attempts: readonly Attempt[] }) {
  const trpc = useTRPC();
  const ledger = useQuery(
    trpc.sagas.ledger.queryOptions(
      { sagaId: saga.id },
      // Alone: four databases answer it, and nothing else on the page should wait for the slowest.
      { trpc: { context: { alone: true } } },
    ),
  );
  const readAt = ledger.dataUpdatedAt;
  return (
    <Card
      title="Ledger"
      note="This order in all four services"
      className="lg-card"
      aside={
        readAt > 0 && (
          <span className="note mute d-only">
            read at <Moment at={new Date(readAt).toISOString()} />
          </span>
        )
      }
    >
      {ledger.error && <Failure error={ledger.error} retry={() => void ledger.refetch()} />}
      {ledger.isPending && <Skeleton rows={4} height={56} />}
      {ledger.data && (
        <>
          <LedgerRows ledger={ledger.data} attempts={attempts} />
          <Balance ledger={ledger.data} saga={saga} />
        </>
      )}
    </Card>
  );
}
