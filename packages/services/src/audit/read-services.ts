import type { Pool, Tx } from '@counterstep/db/tx';
import type {
  EffectFacts,
  OrderFacts,
  PaymentFacts,
  ReservationFacts,
  ShipmentFacts,
} from './facts.ts';

/** A row of one saga. */
export type Of<Facts> = Facts & { readonly sagaId: string };

/** Rows and effects of one service as they were at one moment. */
export interface ServiceRows<Facts> {
  readonly rows: readonly Of<Facts>[];
  readonly effects: readonly Of<EffectFacts>[];
}

export const readOrders = (pool: Pool, ids: readonly string[]) =>
  readService<OrderFacts>(
    pool,
    ids,
    `select o.saga_id as "sagaId", o.id, o.total, o.status,
            (select coalesce(sum(l.quantity * l.unit_price), 0)::int
               from order_line l where l.order_id = o.id) as "linesTotal"
       from customer_order o where o.saga_id = any($1::uuid[])`,
  );

export const readReservations = (pool: Pool, ids: readonly string[]) =>
  readService<ReservationFacts>(
    pool,
    ids,
    `select saga_id as "sagaId", sku, quantity, status from reservation
      where saga_id = any($1::uuid[]) order by saga_id, sku`,
  );

export const readPayments = (pool: Pool, ids: readonly string[]) =>
  readService<PaymentFacts>(
    pool,
    ids,
    `select saga_id as "sagaId", amount, refunded from payment where saga_id = any($1::uuid[])`,
  );

export const readShipments = (pool: Pool, ids: readonly string[]) =>
  readService<ShipmentFacts>(
    pool,
    ids,
    `select saga_id as "sagaId", tracking_code as "trackingCode" from shipment
      where saga_id = any($1::uuid[])`,
  );

function readService<Facts>(
  pool: Pool,
  ids: readonly string[],
  rowsSql: string,
): Promise<ServiceRows<Facts>> {
  return snapshot(pool, async (tx) => {
    const [rows, effects] = await Promise.all([
      tx.query<Of<Facts>>(rowsSql, [ids]),
      tx.query<Of<EffectFacts>>(
        `select saga_id as "sagaId", step, direction, outcome, result
           from effect where saga_id = any($1::uuid[])`,
        [ids],
      ),
    ]);
    return { rows, effects };
  });
}

/** Several statements that see the same moment, in one round trip. */
function snapshot<T>(pool: Pool, read: (tx: Tx) => Promise<T>): Promise<T> {
  return pool.transaction(async (tx) => {
    const [, result] = await Promise.all([
      tx.query('set transaction isolation level repeatable read, read only'),
      read(tx),
    ]);
    return result;
  });
}
