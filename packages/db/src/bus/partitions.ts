import { partitions } from '../schema/participant-tables.ts';
import type { Queryable } from '../tx/index.ts';
import type { Position } from './read-outbox.ts';

/**
 * Cursors of one reader over one outbox: which partitions this worker reads, and how far. `table` is
 * `subscription` in a service's schema or `saga.tracker_cursor`.
 */
export interface CursorTable {
  readonly db: Queryable;
  readonly table: 'subscription' | 'saga.tracker_cursor';
  /** The service whose outbox is read. */
  readonly source: string;
}

const leaseMs = 5_000;

/** Creates the rows of a reader that is new. */
export async function ensureCursors({ db, table, source }: CursorTable): Promise<void> {
  await db.query(
    `insert into ${table} (source, partition)
     select $1, p from generate_series(0, $2::int - 1) p on conflict do nothing`,
    [source, partitions],
  );
}

/** Every partition with the place that is stored for it; a reader that is new begins at the first message. */
export async function readCursors({ db, table, source }: CursorTable): Promise<Position[]> {
  const rows = await db.query<{ partition: number; xid: string; id: string }>(
    `select p as partition, coalesce(t.cursor_xid, '0'::xid8) as xid, coalesce(t.cursor_id, 0) as id
       from generate_series(0, $2::int - 1) p
       left join ${table} t on t.source = $1 and t.partition = p`,
    [source, partitions],
  );
  return rows.map(({ partition, xid, id }) => ({ partition, cursor: { xid, id } }));
}

/** The partitions that a worker would have. */
export interface Wanted {
  readonly atMost: number;
  /** Absent: any of them. */
  readonly among?: readonly number[];
}

/**
 * Renews this worker's partitions, takes free ones as far as they are wanted and gives back the rest.
 * Reading twice is harmless (reactions are barriered), so a lease needs no fence.
 */
export async function leasePartitions(
  { db, table, source }: CursorTable,
  workerId: string,
  { atMost, among }: Wanted,
): Promise<Position[]> {
  const rows = await db.query<{ partition: number; xid: string; id: string }>(
    `with mine as (
       select partition from ${table}
        where source = $1 and (owner is null or owner = $2 or lease_until < clock_timestamp())
          and ($5::smallint[] is null or partition = any($5))
        order by owner is not distinct from $2::uuid desc, partition
        limit $3 for update skip locked
     ), surplus as (
       update ${table} set owner = null, lease_until = null
        where source = $1 and owner = $2 and partition not in (select partition from mine)
     )
     update ${table} t set owner = $2, lease_until = clock_timestamp() + make_interval(secs => $4)
       from mine where t.source = $1 and t.partition = mine.partition
     returning t.partition, t.cursor_xid as xid, t.cursor_id as id`,
    [source, workerId, atMost, leaseMs / 1_000, among ?? null],
  );
  return rows.map(({ partition, xid, id }) => ({ partition, cursor: { xid, id } }));
}

/** Stores how far partitions have been handled; never moves a cursor back. */
export async function advanceCursors(
  { db, table, source }: CursorTable,
  workerId: string,
  positions: readonly Position[],
): Promise<void> {
  if (positions.length === 0) return;
  await db.query(
    `update ${table} t set cursor_xid = p.xid, cursor_id = p.id
       from unnest($3::smallint[], $4::xid8[], $5::bigint[]) as p (partition, xid, id)
      where t.source = $1 and t.owner = $2 and t.partition = p.partition
        and (t.cursor_xid, t.cursor_id) < (p.xid, p.id)`,
    [
      source,
      workerId,
      positions.map((p) => p.partition),
      positions.map((p) => p.cursor.xid),
      positions.map((p) => p.cursor.id),
    ],
  );
}

/** Frees partitions of a worker that is known to have ended, or of this one when it stops. */
export async function freePartitions(
  { db, table, source }: CursorTable,
  workerIds: readonly string[],
): Promise<void> {
  await db.query(
    `update ${table} set owner = null, lease_until = null
      where source = $1 and owner = any($2::uuid[])`,
    [source, workerIds],
  );
}
