import { sql } from 'drizzle-orm';
import { bigint, jsonb, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { xid8 } from './participant-tables.ts';
import { now, saga, time } from './saga-tables.ts';

/** Messages that reached the tracker before their cause. */
export const heldMessage = saga.table(
  'held_message',
  {
    sagaId: uuid('saga_id').notNull(),
    messageId: uuid('message_id').notNull(),
    message: jsonb().notNull(),
    heldAt: time('held_at').notNull().default(now),
  },
  (t) => [primaryKey({ columns: [t.sagaId, t.messageId] })],
);

/** How far the tracker has read each outbox partition. */
export const trackerCursor = saga.table(
  'tracker_cursor',
  {
    source: text().notNull(),
    partition: smallint().notNull(),
    owner: uuid(),
    leaseUntil: time('lease_until'),
    cursorXid: xid8('cursor_xid')
      .notNull()
      .default(sql`'0'`),
    cursorId: bigint('cursor_id', { mode: 'bigint' })
      .notNull()
      .default(sql`0`),
  },
  (t) => [primaryKey({ columns: [t.source, t.partition] })],
);
