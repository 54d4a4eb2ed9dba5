import type { Direction } from '@counterstep/saga-core/participant';
import type { Queryable } from '../../tx/index.ts';
import { readShapes, type StepShape } from '../shape.ts';
import { type MetricWindow, millisSql, type Range, rangeOf } from './window.ts';

/** What became of the attempts of one step, in one direction. */
export interface StepMetrics {
  readonly definition: string;
  readonly step: string;
  readonly direction: Direction;
  /** The operation that was called; of plain functions, absent on the way back. */
  readonly operation?: string;
  readonly attempts: number;
  /** Answered with a no. */
  readonly rejected: number;
  /** Had no effect and were made again, or given up. */
  readonly failed: number;
  /** Nobody knows whether they had an effect. */
  readonly unknown: number;
  /** From dispatch to answer; absent when no attempt has both in the log. */
  readonly p50Ms?: number;
  readonly p95Ms?: number;
}

export interface StepsMetrics {
  readonly window: MetricWindow;
  /** Sagas that ended in the window. */
  readonly ended: number;
  /** How many of them, and of the stuck ones, were looked at. */
  readonly sampled: number;
  readonly steps: readonly StepMetrics[];
}

/** Logs are long: beyond this many sagas, every n-th is as good. */
const sampleMax = 1_000;
const stuckMax = 500;

interface StepRow {
  readonly definition: string;
  readonly step: string;
  readonly direction: Direction;
  readonly attempts: number;
  readonly rejected: number;
  readonly failed: number;
  readonly unknown: number;
  readonly ms: readonly [number, number] | null;
}

/** Latency and failures of every step, from the logs of sagas that ended in the window or are stuck. */
export async function readStepMetrics(db: Queryable, window: MetricWindow): Promise<StepsMetrics> {
  const range = await rangeOf(db, window);
  const [count] = await db.query<{ ended: number }>(
    `select count(*)::int as ended from saga.instance
      where finished_at >= $1::timestamptz and finished_at < $2::timestamptz`,
    [range.from, range.to],
  );
  const ended = count?.ended ?? 0;
  const [ids, shapes] = await Promise.all([sample(db, range, ended), readShapes(db)]);
  const rows = ids.length === 0 ? [] : await attemptsOf(db, ids);
  return { window, ended, sampled: ids.length, steps: inOrder(rows, shapes) };
}

/**
 * Every n-th in the order of their ends, over the whole window. Chosen in `instance_finished` alone: to
 * look at the row of each saga would cost five times as much, and more with every saga.
 */
async function sample(db: Queryable, { from, to }: Range, ended: number): Promise<string[]> {
  const every = Math.max(1, Math.ceil(ended / sampleMax));
  const rows = await db.query<{ id: string }>(
    `(select i.id
        from (select distinct finished_at, created_at
                from (select finished_at, created_at, row_number() over (order by finished_at) as place
                        from saga.instance
                       where finished_at >= $1::timestamptz and finished_at < $2::timestamptz) ended
               where place % $3::int = 0) chosen
        join saga.instance i using (finished_at, created_at)
       limit ${sampleMax})
     union all
     (select id from saga.instance where rest = 'stuck' limit ${stuckMax})`,
    [from, to, every],
  );
  return rows.map(({ id }) => id);
}

/** An attempt is an answer with something before it; word of a reply lost after the effect is none. */
function attemptsOf(db: Queryable, ids: readonly string[]): Promise<StepRow[]> {
  return db.query<StepRow>(
    `with told as (
       select e.saga_id, e.step, e.seq, e.type, e.at, e.data->>'failure' as failure,
              case when e.type like '%Compensat%' then 'compensation' else 'action' end as direction
         from unnest($1::uuid[]) as asked (id) join saga.event e on e.saga_id = asked.id
        where e.type in ('StepDispatched', 'StepSucceeded', 'StepFailed', 'StepOutcomeUnknown',
                         'CompensationDispatched', 'StepCompensated', 'CompensationFailed')
     ), answers as (
       select told.*, lag(type) over lane as before, lag(at) over lane as since
         from told window lane as (partition by saga_id, step, direction order by seq)
     )
     select i.definition, a.step, a.direction, count(*)::int as attempts,
            count(*) filter (where type in ('StepFailed', 'CompensationFailed')
                               and failure = 'business')::int as rejected,
            count(*) filter (where type in ('StepFailed', 'CompensationFailed')
                               and failure is distinct from 'business'
                               and failure is distinct from 'unknown')::int as failed,
            count(*) filter (where type = 'StepOutcomeUnknown' or failure = 'unknown')::int as unknown,
            to_jsonb(percentile_cont(array[0.5, 0.95]) within group (
              order by ${millisSql('a.at - a.since')})
              filter (where before like '%Dispatched')) as ms
       from answers a join saga.instance i on i.id = a.saga_id
      where type not like '%Dispatched' and before is not null
        and before not in ('StepSucceeded', 'StepCompensated')
      group by 1, 2, 3`,
    [ids],
  );
}

/** In the order of their definitions, the way back after the way forward. */
function inOrder(
  rows: readonly StepRow[],
  shapes: ReadonlyMap<string, readonly StepShape[]>,
): StepMetrics[] {
  const known = [...shapes].flatMap(([key, steps]) =>
    steps.map((shape, place) => ({ definition: key.slice(0, key.lastIndexOf('@')), shape, place })),
  );
  const found = rows.map((row) => ({
    row,
    // The latest version's word counts.
    at: known.findLast((k) => k.definition === row.definition && k.shape.name === row.step),
  }));
  const isBack = ({ row }: (typeof found)[number]) => (row.direction === 'compensation' ? 1 : 0);
  return found
    .toSorted(
      (a, b) =>
        a.row.definition.localeCompare(b.row.definition) ||
        isBack(a) - isBack(b) ||
        (a.at?.place ?? 0) - (b.at?.place ?? 0),
    )
    .map(({ row: { ms, ...row }, at }) => {
      const operation =
        row.direction === 'action'
          ? at?.shape.operation
          : (at?.shape.counterOperation ?? undefined);
      return {
        ...row,
        ...(operation !== undefined && { operation }),
        ...(ms && { p50Ms: ms[0], p95Ms: ms[1] }),
      };
    });
}
