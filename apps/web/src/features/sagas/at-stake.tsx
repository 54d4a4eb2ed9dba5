import { money } from '@/lib/format.ts';
import { readOrder } from '@/lib/order-input.ts';
import type { SagaRow } from '@/lib/trpc.ts';

const payment = 'payment.charge';

/** What a saga that waits for a person holds up. */
export function AtStake({ saga }: { saga: SagaRow }) {
  const { status, direction, steps, inDoubt, input } = saga;
  if (status !== 'stuck') return null;
  const toReturn = returnOf(saga);
  if (toReturn > 0) {
    return (
      <>
        {money(toReturn)} <span className="mute">to return</span>
      </>
    );
  }
  if (inDoubt) return <span className="c-unknown">outcome unknown</span>;
  const isPast = steps.some(({ isPivot, status }) => isPivot && status === 'succeeded');
  if (isPast) return <span className="mute">past its pivot</span>;
  const order = readOrder(input);
  if (direction === 'action' && order)
    return <span className="mute">{money(order.total)} open</span>;
  return <span className="mute">undo open</span>;
}

/** Money of a customer that is owed back and not yet returned, in minor units. */
export function returnOf({ direction, steps, input }: SagaRow): number {
  if (direction !== 'compensation') return 0;
  const charge = steps.find(({ name }) => name === payment);
  const isOwed = charge?.status === 'succeeded' || charge?.status === 'unknown';
  const isBack =
    charge?.compensation === 'compensated' || charge?.compensation === 'null-compensated';
  return isOwed && !isBack ? (readOrder(input)?.total ?? 0) : 0;
}
