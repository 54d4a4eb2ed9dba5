import { participantTables } from '@counterstep/db/schema';
import { sql } from 'drizzle-orm';
import {
  check,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

export const orders = pgSchema('orders');
export const { effect, outbox, subscription, parked, sagaEpoch } = participantTables(orders);

export const customerOrder = orders.table(
  'customer_order',
  {
    id: uuid().primaryKey(),
    sagaId: uuid('saga_id').notNull().unique(),
    customerId: text('customer_id').notNull(),
    total: integer().notNull(),
    status: text().$type<'pending' | 'confirmed' | 'cancelled'>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true })
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [
    check('customer_order_status', sql`${t.status} in ('pending', 'confirmed', 'cancelled')`),
    check('customer_order_total', sql`${t.total} >= 0`),
  ],
);

export const line = orders.table(
  'order_line',
  {
    orderId: uuid('order_id').notNull(),
    position: smallint().notNull(),
    sku: text().notNull(),
    quantity: integer().notNull(),
    unitPrice: integer('unit_price').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.position] }),
    check('order_line_quantity', sql`${t.quantity} > 0`),
  ],
);
