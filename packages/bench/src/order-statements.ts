import { uuidV7 } from '@counterstep/db/store';
import type { Queryable } from '@counterstep/db/tx';

/** An order of the raw loop: 1 to 3 lines of one piece each. */
export interface RawOrder {
  readonly orderId: string;
  readonly sagaId: string;
  /** Sorted, each once. */
  readonly skus: readonly string[];
}

/**
 * The order of that number; all contenders place the same ones. Ids in the order of time, as launches of
 * our own have them: rows land side by side in indexes.
 */
export function rawOrder(stock: readonly string[], index: number): RawOrder {
  const skus = Array.from(
    { length: 1 + (index % 3) },
    (_, n) => stock[(index + n * 5) % stock.length] ?? '',
  );
  return { orderId: uuidV7(), sagaId: uuidV7(), skus: [...new Set(skus)].sort() };
}

/** Products of which there is enough for any run. */
export async function plentiful(db: Queryable): Promise<string[]> {
  const stock = await db.query<{ sku: string }>(
    'select sku from inventory.stock where on_hand > 10000 order by sku',
  );
  return stock.map(({ sku }) => sku);
}

/** The five service statements of an order, each its own commit: what a team writes without any guarantee. */
export const orderStatements = [
  async function createOrder(db: Queryable, { orderId, sagaId, skus }: RawOrder): Promise<void> {
    await db.query(
      `with o as (insert into orders.customer_order (id, saga_id, customer_id, total, status)
                  values ($1, $2, 'harbour-cafe', $5, 'pending'))
       insert into orders.order_line select $1, row_number() over () - 1, sku, q, 100
         from unnest($3::text[], $4::int[]) as l (sku, q)`,
      [orderId, sagaId, skus, skus.map(() => 1), skus.length * 100],
    );
  },
  async function reserve(db: Queryable, { orderId, sagaId, skus }: RawOrder): Promise<void> {
    await db.query(
      `with locked as materialized (
         select sku from inventory.stock where sku = any($3::text[]) order by sku for update
       ), moved as (
         update inventory.stock s set reserved = reserved + 1 from locked
          where s.sku = locked.sku and reserved < on_hand returning s.sku)
       insert into inventory.reservation (saga_id, sku, order_id, quantity, status)
       select $1, sku, $2, 1, 'held' from moved`,
      [sagaId, orderId, skus],
    );
  },
  async function charge(db: Queryable, { orderId, sagaId, skus }: RawOrder): Promise<void> {
    await db.query(
      `insert into payment.payment (saga_id, payment_id, order_id, customer_id, amount, token)
       select $1::uuid, 'pay', $2::uuid, customer_id, $3::int, 'tok' from payment.account
        where customer_id = 'harbour-cafe' and payment_limit >= $3::int`,
      [sagaId, orderId, skus.length * 100],
    );
  },
  async function ship(db: Queryable, { orderId, sagaId, skus }: RawOrder): Promise<void> {
    await db.query(
      `insert into shipment.shipment (saga_id, order_id, tracking_code, units) values ($1, $2, 'CS', $3)`,
      [sagaId, orderId, skus.length],
    );
  },
  async function confirm(db: Queryable, { orderId }: RawOrder): Promise<void> {
    await db.query(`update orders.customer_order set status = 'confirmed' where id = $1`, [
      orderId,
    ]);
  },
] as const;

/**
 * Every order that was begun is confirmed, paid and on its way, and stock agrees with reservations.
 *
 * @throws when it is not so, or when there are fewer orders than `least`
 */
export async function assertPlaced(db: Queryable, least: number): Promise<void> {
  const [row] = await db.query<{ orders: string; whole: string; astray: string }>(
    `select (select count(*) from orders.customer_order) as orders,
            (select count(*) from orders.customer_order o
               join payment.payment p on p.order_id = o.id
               join shipment.shipment s on s.order_id = o.id where o.status = 'confirmed') as whole,
            (select count(*) from inventory.stock s where s.reserved <>
               (select coalesce(sum(quantity), 0) from inventory.reservation r where r.sku = s.sku)) as astray`,
  );
  if (!row || Number(row.orders) < least || row.orders !== row.whole || row.astray !== '0') {
    throw new Error(`Orders were left unfinished: ${JSON.stringify(row)}`);
  }
}
