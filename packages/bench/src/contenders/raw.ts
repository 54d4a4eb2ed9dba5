import { randomUUID } from 'node:crypto';
import { createPool, type Pool } from '@counterstep/db/tx';
import type { Stack } from './stack.ts';

const inFlight = 64;

/**
 * The loop that a team would write without any guarantee: the five service statements of an order one
 * after another, each its own commit, 64 orders in flight on 12 connections, 1 to 3 lines an order.
 *
 * @returns sagas per second
 */
export async function runRaw(stack: Stack, count: number): Promise<number> {
  const pool = createPool({
    url: stack.rawUrl,
    searchPath: 'public',
    applicationName: 'bench raw',
    size: 12,
    acquireTimeoutMs: 60_000,
  });
  try {
    const stock = await pool.query<{ sku: string }>(
      'select sku from inventory.stock where on_hand > 10000 order by sku',
    );
    const skus = stock.map((row) => row.sku);
    const startedMs = performance.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        for (let index = next++; index < count; index = next++) await placeRaw(pool, skus, index);
      }),
    );
    const rate = count / ((performance.now() - startedMs) / 1_000);
    await assertPlaced(pool);
    return rate;
  } finally {
    await pool.end();
  }
}

/** Every order that was begun is confirmed, paid and on its way, and stock agrees with reservations. */
async function assertPlaced(pool: Pool): Promise<void> {
  const [row] = await pool.query<{ orders: string; whole: string; astray: string }>(
    `select (select count(*) from orders.customer_order) as orders,
            (select count(*) from orders.customer_order o
               join payment.payment p on p.order_id = o.id
               join shipment.shipment s on s.order_id = o.id where o.status = 'confirmed') as whole,
            (select count(*) from inventory.stock s where s.reserved <>
               (select coalesce(sum(quantity), 0) from inventory.reservation r where r.sku = s.sku)) as astray`,
  );
  if (row?.orders !== row?.whole || row?.astray !== '0') {
    throw new Error(`The raw loop left orders unfinished: ${JSON.stringify(row)}`);
  }
}

async function placeRaw(pool: Pool, skus: readonly string[], index: number): Promise<void> {
  const orderId = randomUUID();
  const sagaId = randomUUID();
  const lines = Array.from(
    { length: 1 + (index % 3) },
    (_, n) => skus[(index + n * 5) % skus.length] ?? '',
  )
    .filter((sku, n, all) => all.indexOf(sku) === n)
    .sort();
  const quantities = lines.map(() => 1);
  await pool.query(
    `with o as (insert into orders.customer_order (id, saga_id, customer_id, total, status)
                values ($1, $2, 'harbour-cafe', $5, 'pending'))
     insert into orders.order_line select $1, row_number() over () - 1, sku, q, 100
       from unnest($3::text[], $4::int[]) as l (sku, q)`,
    [orderId, sagaId, lines, quantities, lines.length * 100],
  );
  await pool.query(
    `with locked as materialized (
       select sku from inventory.stock where sku = any($3::text[]) order by sku for update
     ), moved as (
       update inventory.stock s set reserved = reserved + 1 from locked
        where s.sku = locked.sku and reserved < on_hand returning s.sku)
     insert into inventory.reservation (saga_id, sku, order_id, quantity, status)
     select $1, sku, $2, 1, 'held' from moved`,
    [sagaId, orderId, lines],
  );
  await pool.query(
    `insert into payment.payment (saga_id, payment_id, order_id, customer_id, amount, token)
     select $1::uuid, 'pay', $2::uuid, customer_id, $3::int, 'tok' from payment.account
      where customer_id = 'harbour-cafe' and payment_limit >= $3::int`,
    [sagaId, orderId, lines.length * 100],
  );
  await pool.query(
    `insert into shipment.shipment (saga_id, order_id, tracking_code, units) values ($1, $2, 'CS', $3)`,
    [sagaId, orderId, lines.length],
  );
  await pool.query(`update orders.customer_order set status = 'confirmed' where id = $1`, [
    orderId,
  ]);
}
