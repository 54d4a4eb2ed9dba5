import type { Pool } from '../tx/index.ts';

/** A worker whose heartbeat is older than this has lost its sagas. Database clock. */
export const leaseMs = 5_000;

/** Registers a process incarnation; the id must never have been used. */
export async function registerWorker(
  pool: Pool,
  worker: {
    readonly id: string;
    readonly pid: number;
    readonly host: string;
    readonly lockKey: bigint;
    /** What it runs, `name@version` each; others can tell from it who waits for nobody. */
    readonly definitionKeys?: readonly string[];
  },
): Promise<void> {
  await pool.query(
    `insert into saga.worker (id, pid, host, status, lock_key, definition_keys)
     values ($1, $2, $3, 'live', $4, $5::text[])`,
    [worker.id, worker.pid, worker.host, worker.lockKey, worker.definitionKeys ?? []],
  );
}

/** Says that the worker lives. Null when the database has given it up: it must drop everything. */
export async function heartbeat(
  pool: Pool,
  workerId: string,
  inFlight: number,
): Promise<{ nowMs: number } | null> {
  const [row] = await pool.query<{ now: Date }>(
    `update saga.worker set heartbeat_at = clock_timestamp(), in_flight = $2
      where id = $1 and status in ('live', 'draining') returning clock_timestamp() as now`,
    [workerId, inFlight],
  );
  return row ? { nowMs: row.now.getTime() } : null;
}

export async function setWorkerStatus(
  pool: Pool,
  workerId: string,
  status: 'draining' | 'stopped',
): Promise<void> {
  await pool.query(
    `update saga.worker set status = $2, heartbeat_at = clock_timestamp(), in_flight = 0
      where id = $1 and status <> 'dead'`,
    [workerId, status],
  );
}

/**
 * Workers that look dead now: their session lock is free, or they are silent for longer than their
 * lease. A server that has just started has seen no heartbeats yet, so it accuses nobody for 5 s.
 */
export async function findSuspects(
  pool: Pool,
): Promise<{ id: string; isLockFree: boolean; isSilent: boolean }[]> {
  const rows = await pool.query<{ id: string; lock_free: boolean; silent: boolean }>(
    `select w.id, l.pid is null as lock_free,
            w.heartbeat_at < clock_timestamp() - make_interval(secs => $1) as silent
       from saga.worker w
       left join pg_locks l on l.locktype = 'advisory' and l.objsubid = 1 and l.granted
             and l.database = (select oid from pg_database where datname = current_database())
             and ((l.classid::bigint << 32) | l.objid::bigint) = w.lock_key
      where w.status in ('live', 'draining')
        and (l.pid is null or w.heartbeat_at < clock_timestamp() - make_interval(secs => $1))
        and pg_postmaster_start_time() < clock_timestamp() - interval '5 seconds'`,
    [leaseMs / 1_000],
  );
  return rows.map((row) => ({ id: row.id, isLockFree: row.lock_free, isSilent: row.silent }));
}

/** Declares a worker dead and makes its sagas claimable, in chunks. Returns how many. */
export async function reapWorker(pool: Pool, workerId: string): Promise<number> {
  await pool.query(
    `update saga.worker set status = 'dead' where id = $1 and status in ('live', 'draining')`,
    [workerId],
  );
  let reaped = 0;
  for (;;) {
    const rows = await pool.query(reapSql, [workerId]);
    reaped += rows.length;
    if (rows.length < reapChunk) return reaped;
  }
}

const reapChunk = 500;

const reapSql = `
with orphan as materialized (
  select id from saga.instance where owner = $1::uuid order by id limit ${reapChunk} for update
), released as (
  update saga.instance i set owner = null, fence = i.fence + 1
    from orphan where i.id = orphan.id and i.owner = $1::uuid
  returning i.id, i.definition || '@' || i.version as definition_key
)
insert into saga.ready (saga_id, run_at, definition_key)
select id, clock_timestamp(), definition_key from released
on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)
returning 1`;

/**
 * Owners that are no worker any more: a claim that was still running in Postgres when its worker was
 * declared dead commits after the reaping.
 */
export async function findGhostOwners(pool: Pool): Promise<string[]> {
  const rows = await pool.query<{ owner: string }>(
    `select distinct owner from saga.instance i
      where owner is not null
        and not exists (select from saga.worker w
                         where w.id = i.owner and w.status in ('live', 'draining'))`,
  );
  return rows.map((row) => row.owner);
}
