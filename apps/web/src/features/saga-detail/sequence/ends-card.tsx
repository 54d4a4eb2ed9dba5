import '../attempt.css';
import { Fragment } from 'react';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';
import { isFinished, type Look } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import { type BalanceState, balanceOf } from '../balance-of.ts';
import { useLedger } from '../use-ledger.ts';

interface EndsCardProps {
  readonly saga: Saga;
  readonly asOf: SagaEvent | undefined;
}

/** What all these messages have come to, in the books of the services. */
export function EndsCard({ saga, asOf }: EndsCardProps) {
  const { ledger, rows } = useLedger(saga.id, asOf);
  const lines = rows ? balanceOf(rows, saga) : [];
  const isOver = isFinished(saga.status);
  return (
    <Card
      title={isOver ? 'Ends as' : 'Stands at'}
      className="ends"
      aside={rows && <Mark look={lookOf(saga, lines)} />}
    >
      {ledger.error && <Failure error={ledger.error} retry={() => void ledger.refetch()} />}
      {ledger.isPending && <Skeleton rows={4} height={26} />}
      {rows && (
        <dl className="kv">
          {lines.map(({ name, text, state }) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd className={state === 'off' ? 'c-stuck' : ''}>{text}</dd>
            </Fragment>
          ))}
        </dl>
      )}
    </Card>
  );
}

/** Where a person has ended it, the person answers for the books. */
function lookOf({ status }: Saga, lines: readonly { readonly state: BalanceState }[]): Look {
  const is = (wanted: BalanceState) => lines.some(({ state }) => state === wanted);
  if (status === 'resolved') return { icon: 'person', word: 'Ended by hand', tone: 'ink' };
  if (is('off')) return { icon: 'cross', word: 'Invariants broken', tone: 'stuck' };
  if (is('due')) return { icon: 'clock', word: 'On its way', tone: 'mute' };
  return { icon: 'check', word: 'Invariants hold', tone: 'forward' };
}
