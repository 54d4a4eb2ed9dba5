import { participantTables } from '@counterstep/db/schema';
import { sql } from 'drizzle-orm';
import { check, integer, pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const inventory = pgSchema('inventory');
export const { effect, outbox, subscription, parked, sagaEpoch } = participantTables(inventory);

/** The catalogue and its stock: `reserved` of `onHand` is promised to orders. */
export const stock = inventory.table(
  'stock',
  {
    sku: text().primaryKey(),
    name: text().notNull(),
    unitPrice: integer('unit_price').notNull(),
    onHand: integer('on_hand').notNull(),
    reserved: integer().notNull().default(0),
  },
  (t) => [check('stock_reserved', sql`${t.reserved} >= 0 and ${t.reserved} <= ${t.onHand}`)],
);

export const reservation = inventory.table(
  'reservation',
  {
    sagaId: uuid('saga_id').notNull(),
    sku: text().notNull(),
    orderId: uuid('order_id').notNull(),
    quantity: integer().notNull(),
    status: text().$type<'held' | 'released'>().notNull(),
    at: timestamp({ withTimezone: true })
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.sagaId, t.sku] }),
    check('reservation_status', sql`${t.status} in ('held', 'released')`),
    check('reservation_quantity', sql`${t.quantity} > 0`),
  ],
);
