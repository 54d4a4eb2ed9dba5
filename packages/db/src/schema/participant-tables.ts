import { sql } from 'drizzle-orm';
import {
  bigint,
  customType,
  index,
  integer,
  json,
  jsonb,
  type PgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

/** Postgres' 64 bit transaction id. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

const at = () =>
  timestamp({ withTimezone: true })
    .notNull()
    .default(sql`clock_timestamp()`);

/** Number of partitions of every outbox; a saga stays in one, which keeps its messages in order. */
export const partitions = 8;

/** The tables that every participant owns beside its domain's: barrier, outbox, consumer cursors, parked messages. */
export function participantTables(schema: PgSchema) {
  const effect = schema.table(
    'effect',
    {
      sagaId: uuid('saga_id').notNull(),
      step: text().notNull(),
      direction: text().$type<'action' | 'compensation'>().notNull(),
      generation: integer().notNull(),
      /** sha256 of the canonical request; null for a tombstone, which has seen no request. */
      hash: text(),
      outcome: text().$type<'applied' | 'rejected' | 'null-compensated' | 'closed'>().notNull(),
      result: json(),
      notAfter: timestamp('not_after', { withTimezone: true }),
      at: at(),
    },
    (t) => [primaryKey({ columns: [t.sagaId, t.step, t.direction] })],
  );

  const outbox = schema.table(
    'outbox',
    {
      /** Order within a transaction. */
      id: bigint({ mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
      /** The writing transaction: readers advance their cursor only below the oldest one still running. */
      xid: xid8()
        .notNull()
        .default(sql`pg_current_xact_id()`),
      partition: smallint().notNull(),
      messageId: uuid('message_id').primaryKey(),
      sagaId: uuid('saga_id').notNull(),
      type: text().notNull(),
      envelope: json().notNull(),
      at: at(),
    },
    (t) => [index('outbox_tail').on(t.partition, t.xid, t.id), index('outbox_saga').on(t.sagaId)],
  );

  /** One row per (source, partition) that this service reads: who reads it and how far. */
  const subscription = schema.table(
    'subscription',
    {
      source: text().notNull(),
      partition: smallint().notNull(),
      owner: uuid(),
      leaseUntil: timestamp('lease_until', { withTimezone: true }),
      cursorXid: xid8('cursor_xid')
        .notNull()
        .default(sql`'0'`),
      cursorId: bigint('cursor_id', { mode: 'bigint' })
        .notNull()
        .default(sql`0`),
    },
    (t) => [primaryKey({ columns: [t.source, t.partition] })],
  );

  /** Messages whose reaction failed: waiting for another attempt, or given up (`dead`). */
  const parked = schema.table(
    'parked',
    {
      messageId: uuid('message_id').notNull(),
      step: text().notNull(),
      direction: text().notNull(),
      sagaId: uuid('saga_id').notNull(),
      message: jsonb().notNull(),
      attempts: integer().notNull(),
      /** Attempts that an operator's retry has forgiven: the budget counts from here. */
      forgiven: integer().notNull().default(0),
      generation: integer().notNull().default(1),
      state: text().$type<'waiting' | 'dead'>().notNull(),
      error: jsonb().notNull(),
      dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
      parkedAt: timestamp('parked_at', { withTimezone: true })
        .notNull()
        .default(sql`clock_timestamp()`),
    },
    (t) => [
      primaryKey({ columns: [t.messageId, t.step, t.direction] }),
      index('parked_due')
        .on(t.dueAt)
        .where(sql`state = 'waiting'`),
      index('parked_dead')
        .on(t.parkedAt, t.messageId)
        .where(sql`state = 'dead'`),
      index('parked_saga').on(t.sagaId),
    ],
  );

  /** Sagas that a coordinator has taken over: messages of a lower epoch have no effect any more. */
  const sagaEpoch = schema.table('saga_epoch', {
    sagaId: uuid('saga_id').primaryKey(),
    epoch: integer().notNull(),
    at: at(),
  });

  return { effect, outbox, subscription, parked, sagaEpoch };
}
