import { randomInt, randomUUID } from 'node:crypto';
import { sagaStatuses, type SagaStatus } from '@counterstep/saga-core/machine';
import { countSagas } from '../read/index.ts';
import type { Pool, Queryable, Tx } from '../tx/index.ts';

export interface NewBatch {
  readonly count: number;
  readonly style: 'orchestration' | 'choreography' | 'both';
  /** Absent: as fast as the system takes them. */
  readonly ratePerSecond?: number;
  /** The same seed makes the same orders. */
  readonly seed?: number;
}

/** A launch of many orders and what has become of them. Times are ISO 8601. */
export interface BatchProgress extends Record<SagaStatus, number> {
  readonly batchId: string;
  readonly count: number;
  readonly style: NewBatch['style'];
  readonly placed: number;
  readonly cancelled: boolean;
  readonly createdAt: string;
  /** When the last order was placed or the rest cancelled. */
  readonly placingEndedAt?: string;
}

/** A batch as whoever places it needs it. */
export interface PlacingBatch {
  readonly id: string;
  readonly count: number;
  readonly style: NewBatch['style'];
  readonly seed: number;
  readonly placed: number;
  /** When it was stored, ms since 1970. */
  readonly createdMs: number;
  /** How many may be placed now without exceeding the rate. */
  readonly allowed: number;
}

/** Stores a launch; workers place its orders, so it goes on whatever process ends. */
export async function launchBatch(pool: Pool, batch: NewBatch): Promise<{ batchId: string }> {
  const batchId = randomUUID();
  await pool.query(
    'insert into saga.batch (id, count, style, rate_per_second, seed) values ($1, $2, $3, $4, $5)',
    [
      batchId,
      batch.count,
      batch.style,
      batch.ratePerSecond ?? null,
      batch.seed ?? randomInt(2 ** 31 - 1),
    ],
  );
  await pool.query(`select pg_notify('counterstep', 'ready')`);
  return { batchId };
}

/** Progress of a launch; null when there is none of that id. `both` counts two sagas an order. */
export async function getBatch(db: Queryable, batchId: string): Promise<BatchProgress | null> {
  const [row] = await db.query<{
    count: number;
    style: NewBatch['style'];
    placed: number;
    cancelled: boolean;
    created_at: Date;
    finished_at: Date | null;
  }>('select * from saga.batch where id = $1', [batchId]);
  if (!row) return null;
  const counts = await countSagas(db, { correlationId: batchId });
  return {
    batchId,
    count: row.count,
    style: row.style,
    placed: row.placed,
    cancelled: row.cancelled,
    createdAt: row.created_at.toISOString(),
    ...(row.finished_at && { placingEndedAt: row.finished_at.toISOString() }),
    ...(Object.fromEntries(sagaStatuses.map((status) => [status, counts[status]])) as Record<
      SagaStatus,
      number
    >),
  };
}

/** Places no more orders of a launch; those placed go on. False when there is none of that id. */
export async function cancelBatch(db: Queryable, batchId: string): Promise<boolean> {
  const rows = await db.query(
    `update saga.batch set cancelled = true, finished_at = coalesce(finished_at, clock_timestamp())
      where id = $1 returning 1`,
    [batchId],
  );
  return rows.length > 0;
}

/** Whether any launch has orders left to place. */
export async function isPlacing(db: Queryable): Promise<boolean> {
  const rows = await db.query('select from saga.batch where finished_at is null limit 1');
  return rows.length > 0;
}

/** Locks the oldest launch that may place something now, for this transaction. */
export async function takeBatch(tx: Tx, chunk: number): Promise<PlacingBatch | undefined> {
  const [batch] = await tx.query<PlacingBatch>(
    `select id, count, style, seed, placed,
            floor(extract(epoch from created_at) * 1000)::float8 as "createdMs",
            least(count - placed, $1::int, coalesce(
              floor(extract(epoch from clock_timestamp() - created_at) * rate_per_second)::int + 1 - placed,
              $1::int)) as allowed
       from saga.batch
      where finished_at is null
        and (rate_per_second is null
             or extract(epoch from clock_timestamp() - created_at) * rate_per_second + 1 > placed + 1)
      order by created_at limit 1 for update skip locked`,
    [chunk],
  );
  return batch && batch.allowed > 0 ? batch : undefined;
}

/** Notes how far a launch has come. */
export async function notePlaced(tx: Tx, batchId: string, placed: number): Promise<void> {
  await tx.query(
    `update saga.batch set placed = $2,
            finished_at = case when $2 >= count then coalesce(finished_at, clock_timestamp()) else finished_at end
      where id = $1`,
    [batchId, placed],
  );
}
