import type { Statement, Tx } from '@counterstep/db/tx';
import { type Shelf, type StockChange, sumBySku } from './domain.ts';

interface StockRow {
  readonly sku: string;
  readonly on_hand: number;
  readonly reserved: number;
}

const shelfOf = (rows: readonly StockRow[]): Shelf =>
  new Map(rows.map((row) => [row.sku, { onHand: row.on_hand, reserved: row.reserved }]));

/** Locks the stock of some products in sku order: the one order in which anybody locks it. */
export async function lockStock(tx: Tx, skus: readonly string[]): Promise<Shelf> {
  const rows = await tx.query<StockRow>(
    'select sku, on_hand, reserved from stock where sku = any($1::text[]) order by sku for update',
    [[...new Set(skus)]],
  );
  return shelfOf(rows);
}

/** Locks the stock that some sagas hold, in sku order. */
export async function lockStockOf(tx: Tx, sagaIds: readonly string[]): Promise<Shelf> {
  const rows = await tx.query<StockRow>(
    `select sku, on_hand, reserved from stock
      where sku in (select sku from reservation where saga_id = any($1::uuid[]))
      order by sku for update`,
    [sagaIds],
  );
  return shelfOf(rows);
}

/** Holds stock for orders. */
export function holdStock(changes: readonly StockChange[]): Statement[] {
  const rows = rowsOf(changes);
  return [
    shiftReserved(changes, 1),
    {
      text: `insert into reservation (saga_id, sku, order_id, quantity, status)
        select saga_id, sku, order_id, quantity, 'held'
          from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[]) as r (saga_id, sku, order_id, quantity)`,
      params: [
        rows.map((row) => row.sagaId),
        rows.map((row) => row.sku),
        rows.map((row) => row.orderId),
        rows.map((row) => row.quantity),
      ],
      rows: rows.length,
    },
  ];
}

/** Gives back what orders held. */
export function releaseHeld(changes: readonly StockChange[]): Statement[] {
  return [
    shiftReserved(changes, -1),
    {
      text: `update reservation set status = 'released'
        where saga_id = any($1::uuid[]) and status = 'held'`,
      params: [changes.map((change) => change.sagaId)],
      rows: rowsOf(changes).length,
    },
  ];
}

function shiftReserved(changes: readonly StockChange[], sign: 1 | -1): Statement {
  const sums = sumBySku(changes.flatMap((change) => change.lines));
  return {
    text: `update stock s set reserved = s.reserved + d.delta
      from unnest($1::text[], $2::int[]) as d (sku, delta) where s.sku = d.sku`,
    params: [sums.map(({ sku }) => sku), sums.map(({ quantity }) => sign * quantity)],
    rows: sums.length,
  };
}

function rowsOf(changes: readonly StockChange[]) {
  return changes.flatMap(({ sagaId, orderId, lines }) =>
    lines.map((line) => ({ sagaId, orderId, ...line })),
  );
}
