import { sagaStatuses } from '@counterstep/saga-core/machine';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { xid8 } from './participant-tables.ts';

export const saga = pgSchema('saga');

export const time = (name: string) => timestamp(name, { withTimezone: true });
export const now = sql`clock_timestamp()`;
const restingList = "'stuck', 'completed', 'compensated', 'resolved'";
const statusList = sql.raw(sagaStatuses.map((status) => `'${status}'`).join(', '));

/**
 * One row per saga: what a list shows and what a claim needs. Only columns that never change at a
 * step are indexed, so that step updates stay heap-only (HOT).
 */
export const instance = saga.table(
  'instance',
  {
    id: uuid().primaryKey(),
    definition: text().notNull(),
    version: integer().notNull(),
    style: text().$type<'orchestration' | 'choreography'>().notNull(),
    status: text().notNull(),
    /**
     * The status where it is stuck or has ended, null while it moves. Indexes ask this one: a status
     * that any of them names, be it in a condition, makes every change of it enter them all anew.
     */
    rest: text().generatedAlwaysAs(sql.raw(`case when status in (${restingList}) then status end`)),
    input: json().notNull(),
    /** Position and steps as lists draw them; see `summary.ts`. */
    summary: json().notNull(),
    seq: integer().notNull(),
    fence: bigint({ mode: 'bigint' })
      .notNull()
      .default(sql`0`),
    owner: uuid(),
    paused: boolean().notNull().default(false),
    /** Choreography: raised when a coordinator takes the saga over; services refuse messages below it. */
    epoch: integer().notNull().default(0),
    /** Raised when the log is written anew from the outboxes: what viewers have is of another one. */
    logGeneration: integer('log_generation').notNull().default(0),
    /** Choreography: something that had to follow is overdue. */
    stalled: boolean().notNull().default(false),
    mailReceived: integer('mail_received').notNull().default(0),
    mailRead: integer('mail_read').notNull().default(0),
    /** When it must have ended; the same instant stands in its first event. Never changes. */
    deadlineAt: time('deadline_at'),
    businessKey: text('business_key'),
    subject: text(),
    correlationId: text('correlation_id'),
    createdAt: time('created_at').notNull().default(now),
    updatedAt: time('updated_at').notNull().default(now),
    finishedAt: time('finished_at'),
  },
  (t) => [
    check('instance_status', sql`${t.status} in (${statusList})`),
    index('instance_owner')
      .on(t.owner)
      .where(sql`owner is not null`),
    index('instance_stuck')
      .on(t.id)
      .where(sql`rest = 'stuck'`),
    // For the stall watch; nothing in it changes at a step.
    index('instance_leaderless')
      .on(t.id)
      .where(sql`style = 'choreography' and epoch = 0 and finished_at is null`),
    index('instance_stalled')
      .on(t.id)
      .where(sql`stalled`),
    index('instance_created').on(t.createdAt, t.id),
    // What is in flight, however much has ended: entered at the start, left at the end. Whether a saga
    // retries or is in doubt changes with its steps and so is no index of its own; it is asked of these.
    index('instance_active')
      .on(t.createdAt, t.id)
      .where(sql`finished_at is null`),
    // Searched by their beginnings, and ids by their ends: ids of one hour begin alike. Byte order,
    // because only that makes a beginning a range, whatever the database's collation is.
    index('instance_business_key').on(sql`(business_key collate "C")`),
    index('instance_subject').on(sql`(lower(subject) collate "C")`),
    index('instance_id_end').on(sql`(reverse(id::text) collate "C")`),
    index('instance_correlation')
      .on(t.correlationId)
      .where(sql`correlation_id is not null`),
    // Entered once, at the end, by an update that gives up the owner and so is not HOT anyway.
    // With status and start, so that ended sagas are counted, and their times measured, in it alone.
    index('instance_finished')
      .on(t.finishedAt, t.rest, t.createdAt)
      .where(sql`finished_at is not null`),
    // Few among all that have ended, and entered by a person's word alone.
    index('instance_resolved')
      .on(t.createdAt, t.id)
      .where(sql`rest = 'resolved'`),
  ],
);

/** The log: append-only, gapless per saga. */
export const event = saga.table(
  'event',
  {
    sagaId: uuid('saga_id').notNull(),
    seq: integer().notNull(),
    type: text().notNull(),
    step: text(),
    attempt: smallint(),
    data: json().notNull(),
    actor: text().notNull(),
    /** Choreography: the message that it was folded from. */
    messageId: uuid('message_id'),
    at: time('at').notNull().default(now),
    xid: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
  },
  (t) => [primaryKey({ columns: [t.sagaId, t.seq] }), index('event_tail').on(t.xid)],
);

/** Sagas that a worker may claim from `run_at` on. An owned saga has no row here. */
export const ready = saga.table(
  'ready',
  {
    sagaId: uuid('saga_id').primaryKey(),
    runAt: time('run_at').notNull(),
    definitionKey: text('definition_key').notNull(),
  },
  (t) => [index('ready_due').on(t.runAt)],
);

/** Letters to whoever owns a saga. */
export const mailbox = saga.table(
  'mailbox',
  {
    sagaId: uuid('saga_id').notNull(),
    position: integer().notNull(),
    kind: text().$type<'cancel' | 'pause' | 'resume' | 'signal'>().notNull(),
    /** Name of the signal, which is its step's, and what it brings. */
    signal: text(),
    payload: jsonb(),
    reason: text().notNull(),
    actor: text().notNull(),
    at: time('at').notNull().default(now),
  },
  (t) => [
    primaryKey({ columns: [t.sagaId, t.position] }),
    check('mailbox_signal', sql`(${t.kind} = 'signal') = (${t.signal} is not null)`),
    // A signal comes once; senders take turns behind the instance's lock, and this holds them to it.
    uniqueIndex('mailbox_signal_once')
      .on(t.sagaId, t.signal)
      .where(sql`signal is not null`),
  ],
);

/** One row per worker process; an id is never used again. */
export const worker = saga.table('worker', {
  id: uuid().primaryKey(),
  pid: integer().notNull(),
  host: text().notNull(),
  status: text().$type<'live' | 'draining' | 'dead' | 'stopped'>().notNull(),
  /** Key of the session advisory lock that the process holds while it lives. */
  lockKey: bigint('lock_key', { mode: 'bigint' }).notNull(),
  inFlight: integer('in_flight').notNull().default(0),
  /** The definitions that it runs, `name@version` each. */
  definitionKeys: text('definition_keys')
    .array()
    .notNull()
    .default(sql`'{}'`),
  /** Version of the fault rules that the process obeys. */
  faultVersion: bigint('fault_version', { mode: 'bigint' })
    .notNull()
    .default(sql`0`),
  startedAt: time('started_at').notNull().default(now),
  heartbeatAt: time('heartbeat_at').notNull().default(now),
});

/** Which saga a client's key belongs to. Kept as long as effects are. */
export const idempotency = saga.table('idempotency', {
  key: text().primaryKey(),
  sagaId: uuid('saga_id').notNull(),
  requestHash: text('request_hash').notNull(),
  at: time('at').notNull().default(now),
  /** Set before a client is told: from here on the order must exist. */
  acknowledgedAt: time('acknowledged_at'),
});

/** What an operator did or was refused to do. */
export const audit = saga.table(
  'audit',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    sagaId: uuid('saga_id'),
    action: text().notNull(),
    actor: text().notNull(),
    reason: text().notNull(),
    result: text().notNull(),
    seq: integer(),
    at: time('at').notNull().default(now),
  },
  (t) => [index('audit_saga').on(t.sagaId)],
);

/** Shape of every definition version that a worker has run; pages draw remaining steps from it. */
export const definition = saga.table(
  'definition',
  {
    name: text().notNull(),
    version: integer().notNull(),
    shape: jsonb().notNull(),
    /** Of what must not change while sagas of this version exist; null: stored before there was one. */
    hash: text(),
  },
  (t) => [primaryKey({ columns: [t.name, t.version] })],
);

/** What is left of a saga that was retired: nobody may take its id for that of a new one. */
export const retired = saga.table('retired', {
  sagaId: uuid('saga_id').primaryKey(),
  retiredAt: time('retired_at').notNull().default(now),
});

/** Retired sagas, whole, when the policy is to keep them. */
export const archive = saga.table('archive', {
  sagaId: uuid('saga_id').primaryKey(),
  finishedAt: time('finished_at').notNull(),
  archivedAt: time('archived_at').notNull().default(now),
  /** The row and its log as they were, columns by name; events in order. */
  instance: jsonb().notNull(),
  events: jsonb().notNull(),
});

/** Faults that people have switched on. */
export const fault = saga.table('fault', {
  id: uuid().primaryKey(),
  service: text().notNull(),
  operation: text().notNull(),
  kind: text().notNull(),
  delayMs: integer('delay_ms'),
  jitterMs: integer('jitter_ms'),
  probability: text(),
  nextCalls: integer('next_calls'),
  remaining: integer(),
  orderId: uuid('order_id'),
  sku: text(),
  expiresAt: time('expires_at'),
  createdAt: time('created_at').notNull().default(now),
});

/** Raised with every change of the rules; workers say which version they obey. */
export const faultVersion = saga.table('fault_version', {
  id: smallint().primaryKey(),
  version: bigint({ mode: 'bigint' }).notNull(),
});

/** What was decided for an attempt while faults were active: decided once, whatever is retried below. */
export const faultDecision = saga.table(
  'fault_decision',
  {
    key: text().notNull(),
    attempt: integer().notNull(),
    kind: text(),
    delayMs: integer('delay_ms'),
    at: time('at').notNull().default(now),
  },
  (t) => [primaryKey({ columns: [t.key, t.attempt] }), index('fault_decision_at').on(t.at)],
);

/** A launch of many orders: placed by workers, so it survives any process. */
export const batch = saga.table('batch', {
  id: uuid().primaryKey(),
  count: integer().notNull(),
  style: text().notNull(),
  ratePerSecond: integer('rate_per_second'),
  seed: integer().notNull(),
  placed: integer().notNull().default(0),
  cancelled: boolean().notNull().default(false),
  createdAt: time('created_at').notNull().default(now),
  finishedAt: time('finished_at'),
});
