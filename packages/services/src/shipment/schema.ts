import { participantTables } from '@counterstep/db/schema';
import { sql } from 'drizzle-orm';
import { integer, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const shipments = pgSchema('shipment');
export const { effect, outbox, subscription, parked, sagaEpoch } = participantTables(shipments);

export const shipment = shipments.table('shipment', {
  sagaId: uuid('saga_id').primaryKey(),
  orderId: uuid('order_id').notNull().unique(),
  trackingCode: text('tracking_code').notNull(),
  units: integer().notNull(),
  at: timestamp({ withTimezone: true })
    .notNull()
    .default(sql`clock_timestamp()`),
});
