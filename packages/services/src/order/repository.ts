import type { Statement, Tx } from '@counterstep/db/tx';
import type { NewOrder, OrderStatus } from './domain.ts';

/** Inserts orders with their lines. */
export function insertOrders(orders: readonly NewOrder[]): Statement[] {
  const lines = orders.flatMap((order) =>
    order.lines.map((line, position) => ({ orderId: order.orderId, position, ...line })),
  );
  return [
    {
      text: `insert into customer_order (id, saga_id, customer_id, total, status)
        select id, saga_id, customer_id, total, 'pending'
          from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[]) as o (id, saga_id, customer_id, total)`,
      params: [
        orders.map((order) => order.orderId),
        orders.map((order) => order.sagaId),
        orders.map((order) => order.customerId),
        orders.map((order) => order.total),
      ],
      rows: orders.length,
    },
    {
      text: `insert into order_line (order_id, position, sku, quantity, unit_price)
        select * from unnest($1::uuid[], $2::smallint[], $3::text[], $4::int[], $5::int[])`,
      params: [
        lines.map((line) => line.orderId),
        lines.map((line) => line.position),
        lines.map((line) => line.sku),
        lines.map((line) => line.quantity),
        lines.map((line) => line.unitPrice),
      ],
      rows: lines.length,
    },
  ];
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
export function closeOrders(orderIds: readonly string[], status: OrderStatus): Statement[] {
  const text = `update customer_order set status = $2
    where id = any($1::uuid[]) and status = 'pending'`;
  return [{ text, params: [orderIds, status], rows: orderIds.length }];
}
