import { money } from '@/lib/format.ts';
import type { Ledger, Saga } from '@/lib/trpc.ts';
import { isFinished } from '@/ui/status.ts';

/** ok: it holds. due: on its way there. off: the saga has ended, and it does not. */
export type BalanceState = 'ok' | 'due' | 'off';

interface BalanceLine {
  readonly name: string;
  readonly text: string;
  readonly state: BalanceState;
}

/** Whether the four services agree: what must hold at the end, and what is still on its way there. */
export function balanceOf(
  { order, reservations, payment, shipment }: Ledger,
  { status }: Saga,
): readonly BalanceLine[] {
  const isOver = isFinished(status) && status !== 'resolved';
  const state = (holds: boolean): BalanceState => (holds ? 'ok' : isOver ? 'off' : 'due');
  const captured = payment?.amount ?? 0;
  const net = captured - (payment?.refunded ?? 0);
  const held = reservations
    .filter((row) => row.status === 'held')
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const ever = reservations.reduce((sum, { quantity }) => sum + quantity, 0);
  const isDone = status === 'completed';
  const isUndone = status === 'compensated';
  return [
    {
      name: 'Money',
      text: `${money(captured)} − ${money(payment?.refunded ?? 0)} = ${money(net)}`,
      state: state(isDone ? net === (order?.total ?? -1) : isUndone && net === 0),
    },
    {
      name: 'Stock',
      text: `${ever} held − ${ever - held} released = ${held}`,
      state: state(isDone ? held > 0 : isUndone && held === 0),
    },
    {
      name: 'Shipments',
      text: shipment ? '1' : 'none',
      state: state(isDone ? shipment !== null : isUndone && shipment === null),
    },
    {
      name: 'Order',
      text: order?.status ?? 'none',
      state: state(
        isDone ? order?.status === 'confirmed' : isUndone && order?.status !== 'confirmed',
      ),
    },
  ];
}
