import type { Tx } from '@counterstep/db/tx';
import { expectRows } from '../rows.ts';
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
export async function holdStock(tx: Tx, changes: readonly StockChange[]): Promise<void> {
  const rows = rowsOf(changes);
  const [, inserted] = await Promise.all([
    shiftReserved(tx, changes, 1),
    tx.query(
      `insert into reservation (saga_id, sku, order_id, quantity, status)
       select saga_id, sku, order_id, quantity, 'held'
         from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[]) as r (saga_id, sku, order_id, quantity)
       on conflict do nothing returning 1`,
      [
        rows.map((row) => row.sagaId),
        rows.map((row) => row.sku),
        rows.map((row) => row.orderId),
        rows.map((row) => row.quantity),
      ],
    ),
  ]);
  expectRows(inserted, rows.length, 'insert reservations');
}

/** Gives back what orders held. */
export async function releaseHeld(tx: Tx, changes: readonly StockChange[]): Promise<void> {
  const rows = rowsOf(changes);
  const [, released] = await Promise.all([
    shiftReserved(tx, changes, -1),
    tx.query(
      `update reservation set status = 'released'
        where saga_id = any($1::uuid[]) and status = 'held' returning 1`,
      [changes.map((change) => change.sagaId)],
    ),
  ]);
  expectRows(released, rows.length, 'release reservations');
}

async function shiftReserved(tx: Tx, changes: readonly StockChange[], sign: 1 | -1): Promise<void> {
  const sums = sumBySku(changes.flatMap((change) => change.lines));
  const rows = await tx.query(
    `update stock s set reserved = s.reserved + d.delta
       from unnest($1::text[], $2::int[]) as d (sku, delta) where s.sku = d.sku returning 1`,
    [sums.map(({ sku }) => sku), sums.map(({ quantity }) => sign * quantity)],
  );
  expectRows(rows, sums.length, 'shift stock');
}

function rowsOf(changes: readonly StockChange[]) {
  return changes.flatMap(({ sagaId, orderId, lines }) =>
    lines.map((line) => ({ sagaId, orderId, ...line })),
  );
}
