import type { Tx } from '@counterstep/db/tx';
import { expectRows } from '../rows.ts';
import type { NewOrder, OrderStatus } from './domain.ts';

/** Inserts orders with their lines. An order that is there already was written by a faster batch. */
export async function insertOrders(tx: Tx, orders: readonly NewOrder[]): Promise<void> {
  const lines = orders.flatMap((order) =>
    order.lines.map((line, position) => ({ orderId: order.orderId, position, ...line })),
  );
  const [inserted, insertedLines] = await Promise.all([
    tx.query(
      `insert into customer_order (id, saga_id, customer_id, total, status)
       select id, saga_id, customer_id, total, 'pending'
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[]) as o (id, saga_id, customer_id, total)
       on conflict do nothing returning 1`,
      [
        orders.map((order) => order.orderId),
        orders.map((order) => order.sagaId),
        orders.map((order) => order.customerId),
        orders.map((order) => order.total),
      ],
    ),
    tx.query(
      `insert into order_line (order_id, position, sku, quantity, unit_price)
       select * from unnest($1::uuid[], $2::smallint[], $3::text[], $4::int[], $5::int[])
       on conflict do nothing returning 1`,
      [
        lines.map((line) => line.orderId),
        lines.map((line) => line.position),
        lines.map((line) => line.sku),
        lines.map((line) => line.quantity),
        lines.map((line) => line.unitPrice),
      ],
    ),
  ]);
  expectRows(inserted, orders.length, 'insert orders');
  expectRows(insertedLines, lines.length, 'insert order lines');
}

/** Locks orders in id order and returns their status by id. */
export async function lockOrders(
  tx: Tx,
  orderIds: readonly string[],
): Promise<Map<string, OrderStatus>> {
  const rows = await tx.query<{ id: string; status: OrderStatus }>(
    'select id, status from customer_order where id = any($1::uuid[]) order by id for update',
    [orderIds],
  );
  return new Map(rows.map((row) => [row.id, row.status]));
}

/** Moves pending orders to their new status. */
export async function closeOrders(
  tx: Tx,
  orderIds: readonly string[],
  status: OrderStatus,
): Promise<void> {
  const rows = await tx.query(
    `update customer_order set status = $2 where id = any($1::uuid[]) and status = 'pending' returning 1`,
    [orderIds, status],
  );
  expectRows(rows, orderIds.length, `orders become ${status}`);
}
