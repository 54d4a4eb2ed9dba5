import { serviceNames, services } from '@counterstep/services/services';
import type { Rig } from './rig.ts';

/** All that one order has left behind in the services, without ids and times: page by page, rows. */
export type Books = Readonly<Record<string, readonly unknown[]>>;

const pages: Readonly<Record<string, string>> = {
  orders: 'select status, total from orders.customer_order',
  lines: 'select sku, quantity from orders.order_line order by sku',
  reservations: 'select sku, quantity, status from inventory.reservation order by sku',
  stock: 'select sku, reserved from inventory.stock where reserved <> 0 order by sku',
  payments: 'select amount, refunded from payment.payment',
  shipments: 'select count(*)::int from shipment.shipment',
  effects: serviceNames
    .map((name) => `select step, direction, outcome from ${services[name].schema}.effect`)
    .join(' union all ')
    .concat(' order by 1, 2'),
  // A failed attempt is told of as often as there was one; a crash may come before it or bring another.
  messages: serviceNames
    .map((name) => `select type from ${services[name].schema}.outbox`)
    .join(' union all ')
    .concat(' order by 1'),
};

export async function readBooks({ everywhere }: Rig): Promise<Books> {
  const books: Record<string, readonly unknown[]> = {};
  for (const [page, sql] of Object.entries(pages)) {
    const rows = await everywhere.query<{ type?: string }>(sql);
    books[page] = rows.filter(({ type }) => !type?.endsWith('/attempt-failed'));
  }
  return books;
}
