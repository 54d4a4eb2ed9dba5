import { money, plural } from '@/lib/format.ts';
import type { Ledger } from '@/lib/trpc.ts';
import type { IconName } from '@/ui/icon.tsx';
import { isAtRest, type Pair } from './side.ts';

export type Verdict = 'same' | 'differs' | 'open';

/** One service's rows on both sides, ids and times left out. */
export interface LedgerLine {
  readonly service: string;
  readonly icon: IconName;
  readonly left: string;
  readonly right: string;
  readonly verdict: Verdict;
}

const services: readonly {
  readonly name: string;
  readonly icon: IconName;
  readonly say: (ledger: Ledger) => string;
}[] = [
  { name: 'Order', icon: 'receipt', say: order },
  { name: 'Inventory', icon: 'box', say: inventory },
  { name: 'Payment', icon: 'card', say: payment },
  { name: 'Shipment', icon: 'truck', say: shipment },
];

/** Empty until both ledgers have been read. While one side moves, a difference is not one yet. */
export function ledgerLines([left, right]: Pair): readonly LedgerLine[] {
  const [ofLeft, ofRight] = [left.ledger, right.ledger];
  if (!ofLeft || !ofRight) return [];
  const isSettled = isAtRest(left) && isAtRest(right);
  return services.map(({ name, icon, say }) => {
    const texts = { left: say(ofLeft), right: say(ofRight) };
    const verdict = texts.left === texts.right ? 'same' : isSettled ? 'differs' : 'open';
    return { service: name, icon, ...texts, verdict };
  });
}

/** Services whose rows differ, as "Payment and Shipment"; undefined where none does, or may still come to. */
export function booksApart(pair: Pair): string | undefined {
  const names = ledgerLines(pair)
    .filter(({ verdict }) => verdict === 'differs')
    .map(({ service }) => service);
  const last = names.pop();
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last;
}

/** Undefined while it cannot be said. */
export function sameState(pair: Pair): boolean | undefined {
  const lines = ledgerLines(pair);
  return lines.length > 0 && pair.every(isAtRest)
    ? lines.every(({ verdict }) => verdict === 'same')
    : undefined;
}

function order({ order: row }: Ledger): string {
  return row ? `${row.status}, ${money(row.total)}` : 'no order';
}

function inventory({ reservations, shipment: parcel }: Ledger): string {
  if (reservations.length === 0) return 'nothing reserved';
  const lines = reservations.map(({ sku, quantity, status }) => ({
    text: `${quantity} × ${sku}`,
    status,
  }));
  const word = (status: string) => (status === 'held' && parcel ? 'shipped' : status);
  const statuses = [...new Set(lines.map(({ status }) => status))];
  return statuses
    .map((status) => {
      const held = lines.filter((line) => line.status === status).map(({ text }) => text);
      return `${held.join(', ')} ${word(status)}`;
    })
    .join('; ');
}

function payment({ payment: row }: Ledger): string {
  if (!row) return 'nothing captured';
  if (row.refunded === 0) return `captured ${money(row.amount)} once`;
  return row.refunded === row.amount
    ? `captured ${money(row.amount)}, all returned`
    : `captured ${money(row.amount)}, ${money(row.refunded)} returned`;
}

function shipment({ shipment: row }: Ledger): string {
  return row ? `1 parcel, ${plural(row.units, 'unit')}` : 'no parcel';
}
