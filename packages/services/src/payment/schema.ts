import { participantTables } from '@counterstep/db/schema';
import { sql } from 'drizzle-orm';
import { check, integer, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const payments = pgSchema('payment');
export const { effect, outbox, subscription, parked, sagaEpoch } = participantTables(payments);

/** The highest single payment that a customer may make. */
export const account = payments.table('account', {
  customerId: text('customer_id').primaryKey(),
  paymentLimit: integer('payment_limit').notNull(),
});

export const payment = payments.table(
  'payment',
  {
    sagaId: uuid('saga_id').primaryKey(),
    paymentId: text('payment_id').notNull(),
    orderId: uuid('order_id').notNull(),
    customerId: text('customer_id').notNull(),
    amount: integer().notNull(),
    refunded: integer().notNull().default(0),
    token: text().notNull(),
    at: timestamp({ withTimezone: true })
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [check('payment_refunded', sql`${t.refunded} >= 0 and ${t.refunded} <= ${t.amount}`)],
);
