import type { Queryable } from '../../tx/index.ts';
import { millisSql, type Range, stepOf } from './window.ts';

/** From acceptance to the end, in milliseconds. */
export interface Percentiles {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** Sagas that ended in one step of a range, or in all of it. */
export interface Ends {
  readonly completed: number;
  readonly compensated: number;
  readonly resolved: number;
  /** Absent when none ended. */
  readonly latency?: Percentiles;
}

export const noEnds: Ends = { completed: 0, compensated: 0, resolved: 0 };

interface EndsRow {
  readonly step: number | null;
  readonly completed: number;
  readonly compensated: number;
  readonly resolved: number;
  readonly ms: readonly [number, number, number] | null;
}

/** Ends by step, and of the whole range under null: read from `instance_finished` alone. */
export async function readEnds(db: Queryable, range: Range): Promise<Map<number | null, Ends>> {
  const rows = await db.query<EndsRow>(
    `select step,
            count(*) filter (where rest = 'completed')::int as completed,
            count(*) filter (where rest = 'compensated')::int as compensated,
            count(*) filter (where rest = 'resolved')::int as resolved,
            to_jsonb(percentile_cont(array[0.5, 0.95, 0.99]) within group (order by ms)) as ms
       from (select ${stepOf('finished_at')} as step, rest,
                    ${millisSql('finished_at - created_at')} as ms
               from saga.instance
              where finished_at >= $1::timestamptz and finished_at < $2::timestamptz) as ended
      group by grouping sets ((step), ())`,
    [range.from, range.to, range.stepSeconds],
  );
  return new Map(rows.map((row) => [row.step, endsOf(row)]));
}

function endsOf({ completed, compensated, resolved, ms }: EndsRow): Ends {
  const counts = { completed, compensated, resolved };
  if (!ms) return counts;
  const [p50Ms, p95Ms, p99Ms] = ms;
  return { ...counts, latency: { p50Ms, p95Ms, p99Ms } };
}
