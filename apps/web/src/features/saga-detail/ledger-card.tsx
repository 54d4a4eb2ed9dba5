'use client';

import './ledger.css';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';
import type { Attempt } from './attempts.ts';
import { Balance } from './balance.tsx';
import { LedgerRows } from './ledger-rows.tsx';
import type { Selection } from './selection.ts';
import { useLedger } from './use-ledger.ts';

interface LedgerCardProps {
  readonly saga: Saga;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  /** The event up to which the saga is shown; absent in the present. */
  readonly asOf: SagaEvent | undefined;
}

/** This order's rows in all four services, beside the log that says they should be there. */
export function LedgerCard({ saga, attempts, selection, asOf }: LedgerCardProps) {
  const { ledger, rows } = useLedger(saga.id, asOf);
  const readAt = ledger.dataUpdatedAt;
  return (
    <Card
      title="Ledger"
      note="This order in all four services"
      className="lg-card"
      aside={
        readAt > 0 && (
          <span className="note mute d-only">
            {asOf ? `as of #${asOf.seq}` : 'read at'}{' '}
            <Moment at={asOf?.at ?? new Date(readAt).toISOString()} />
          </span>
        )
      }
    >
      {ledger.error && <Failure error={ledger.error} retry={() => void ledger.refetch()} />}
      {ledger.isPending && <Skeleton rows={4} height={56} />}
      {rows && (
        <>
          <LedgerRows ledger={rows} attempts={attempts} selection={selection} />
          <Balance ledger={rows} saga={saga} />
        </>
      )}
    </Card>
  );
}
