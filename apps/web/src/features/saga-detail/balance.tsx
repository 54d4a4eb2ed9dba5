import { money } from '@/lib/format.ts';
import type { Ledger, Saga } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { isFinished } from '@/ui/status.ts';

type State = 'ok' | 'due' | 'off';

interface Line {
  readonly key: string;
  readonly text: string;
  readonly state: State;
}

/** Whether the four services agree: what must hold at the end, and what is still on its way there. */
export function Balance({ ledger, saga }: { ledger: Ledger; saga: Saga }) {
  return (
    <div className="bal">
      {linesOf(ledger, saga).map(({ key, text, state }) => (
        <span key={key} className={`st ${state === 'ok' ? 'ok' : 'wt'}`}>
          <Icon name={icons[state]} label={words[state]} />
          <span className={state === 'off' ? 'c-stuck' : ''}>{text}</span>
        </span>
      ))}
    </div>
  );
}

const icons = { ok: 'check', due: 'clock', off: 'cross' } as const;
const words = { ok: 'holds', due: 'on its way', off: 'does not agree' } as const;

function linesOf({ order, reservations, payment, shipment }: Ledger, { status }: Saga): Line[] {
  const isOver = isFinished(status) && status !== 'resolved';
  const state = (holds: boolean): State => (holds ? 'ok' : isOver ? 'off' : 'due');
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
      key: 'money',
      text: `Money: ${money(captured)} − ${money(payment?.refunded ?? 0)} = ${money(net)}`,
      state: state(isDone ? net === (order?.total ?? -1) : isUndone && net === 0),
    },
    {
      key: 'stock',
      text: `Stock: ${ever} held − ${ever - held} released = ${held}`,
      state: state(isDone ? held > 0 : isUndone && held === 0),
    },
    {
      key: 'shipment',
      text: `Shipments: ${shipment ? 1 : 0}`,
      state: state(isDone ? shipment !== null : isUndone && shipment === null),
    },
    {
      key: 'order',
      text: `Order: ${order?.status ?? 'none'}`,
      state: state(
        isDone ? order?.status === 'confirmed' : isUndone && order?.status !== 'confirmed',
      ),
    },
  ];
}
