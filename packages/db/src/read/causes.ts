import type { Direction } from '@counterstep/saga-core/participant';
import type { Queryable } from '../tx/index.ts';
import { filterOf } from './list.ts';
import { causeSql } from './page-sql.ts';
import { readShapes, type StepShape } from './shape.ts';
import type { SagaFilter, StuckCause } from './types.ts';

interface CauseRow {
  readonly definition: string;
  readonly version: number;
  readonly step: string;
  readonly direction: Direction;
  readonly code: string | null;
  readonly message: string | null;
  readonly attempts_min: number;
  readonly attempts_max: number;
  readonly n: string;
  readonly in_doubt: string;
  readonly oldest_at: Date;
}

const causesMax = 200;

/** Why sagas are stuck, in the order in which a list by cause shows them. */
export async function listCauses(
  db: Queryable,
  filter: Pick<SagaFilter, 'style' | 'definition' | 'search' | 'correlationId'>,
): Promise<StuckCause[]> {
  const where = await filterOf(db, { ...filter, status: ['stuck'] });
  if (!where) return [];
  const [rows, shapes] = await Promise.all([
    db.query<CauseRow>(
      `select definition, max(version) as version, summary #>> '{at,step}' as step,
              summary #>> '{at,direction}' as direction, summary #>> '{at,error,code}' as code,
              min(summary #>> '{at,error,message}') as message,
              min((summary #>> '{at,attempt}')::int) as attempts_min,
              max((summary #>> '{at,attempt}')::int) as attempts_max, count(*) as n,
              count(*) filter (where summary -> 'doubt' is not null) as in_doubt,
              min(created_at) as oldest_at
         from saga.instance ${where.sql}
        group by definition, 3, 4, 5, ${causeSql}
        order by ${causeSql} collate "C" limit ${causesMax}`,
      where.params,
    ),
    readShapes(db),
  ]);
  return rows.map((row) => causeOf(row, shapes.get(`${row.definition}@${row.version}`) ?? []));
}

function causeOf(row: CauseRow, steps: readonly StepShape[]): StuckCause {
  const index = steps.findIndex(({ name }) => name === row.step);
  const pivot = steps.findIndex((step) => step.class === 'pivot');
  const shape = steps[index];
  const isForward = row.direction === 'action';
  return {
    definition: row.definition,
    step: row.step,
    operation: (isForward ? shape?.operation : shape?.counterOperation) ?? row.step,
    direction: row.direction,
    code: row.code ?? '',
    message: row.message ?? '',
    count: Number(row.n),
    inDoubt: Number(row.in_doubt),
    isPastPivot: isForward && pivot >= 0 && index > pivot,
    isPivot: isForward && index >= 0 && index === pivot,
    attemptsMin: row.attempts_min,
    attemptsMax: row.attempts_max,
    oldestAt: row.oldest_at.toISOString(),
  };
}
