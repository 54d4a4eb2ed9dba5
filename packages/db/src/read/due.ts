import type { Queryable } from '../tx/index.ts';

/** Sagas that nobody has in hand. */
export interface DueSagas {
  /** A worker could take them now; up to `countMax`. */
  readonly due: number;
  /** How long the oldest of them has been due, in ms; null when none is. */
  readonly oldestMs: number | null;
  /** Their time has not come: back-offs, waits, limits; up to `countMax`. */
  readonly later: number;
  /** Where counting stops. */
  readonly countMax: number;
}

const countMax = 10_000;

/** Each part is in the order of the index and stops early; the time is a subselect, a bound of it. */
export const dueSql = `
with now as materialized (select clock_timestamp() as at)
select (select count(*)::int from (
         select from saga.ready where run_at <= (select at from now) order by run_at limit $1::int) r) as due,
       (select extract(epoch from (select at from now) - run_at)::float8 * 1000 from saga.ready
         where run_at <= (select at from now) order by run_at limit 1) as oldest_ms,
       (select count(*)::int from (
         select from saga.ready where run_at > (select at from now) order by run_at limit $1::int) r) as later`;

/** How far the workers are behind. Reads the index of due times, and no more of it than it counts. */
export async function readDue(db: Queryable): Promise<DueSagas> {
  const [row] = await db.query<{ due: number; oldest_ms: number | null; later: number }>(dueSql, [
    countMax,
  ]);
  return {
    due: row?.due ?? 0,
    oldestMs: row?.oldest_ms == null ? null : Math.round(row.oldest_ms),
    later: row?.later ?? 0,
    countMax,
  };
}
