import type { ReactNode } from 'react';
import type { SagaRow } from '@/lib/trpc.ts';
import { isFinished } from '@/ui/status.ts';
import { Until } from '@/ui/until.tsx';

/** Where a saga is and why, in a few words. */
export function NowCell({ saga }: { saga: SagaRow }) {
  const { current, status } = saga;
  if (status === 'pending') return <span className="why first">waits for a worker</span>;
  if (!current) return null;
  const name = operationOf(current);
  if (isFinished(status)) {
    return current.error ? (
      <span className="why first">
        {name}: {current.error.message}
      </span>
    ) : null;
  }
  if (current.waitsFor && status !== 'stuck') return <Wait current={current} />;
  return (
    <>
      <code className="op">{name}</code>
      <span className={status === 'stuck' ? 'why c-stuck' : 'why'}>{why(saga, current)}</span>
      {saga.inDoubt && <span className="why c-unknown">outcome unknown</span>}
    </>
  );
}

type Current = NonNullable<SagaRow['current']>;

function Wait({ current: { step, waitsFor, until } }: { current: Current }): ReactNode {
  if (waitsFor === 'timer') {
    return (
      <span className="why first">
        sleeps{' '}
        {until && (
          <>
            until <Until at={until} seconds />
          </>
        )}
      </span>
    );
  }
  return (
    <span className="why first">
      waits for the signal <code className="op">{step}</code>
      {until && (
        <>
          , until <Until at={until} />
        </>
      )}
    </span>
  );
}

const undoNames: Readonly<Record<string, string>> = {
  'order.create': 'order.cancel',
  'inventory.reserve': 'inventory.release',
  'payment.charge': 'payment.refund',
};

/** Lists know steps, not operations; a counter-step has a name of its own. */
function operationOf({ step, direction }: Current): string {
  if (direction === 'action') return step;
  return undoNames[step] ?? `undo of ${step}`;
}

function why({ status }: SagaRow, { attempt, retryAt, error }: Current): string {
  if (status === 'stuck') return `attempt ${attempt}, ${error?.message ?? 'gave up'}`;
  if (retryAt) return `attempt ${attempt} next${error ? `, ${error.message}` : ''}`;
  if (error) return error.message;
  return attempt > 1 ? `dispatched, attempt ${attempt}` : 'dispatched';
}
