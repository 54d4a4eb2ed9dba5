import { sagaStatuses, type SagaStatus } from '@counterstep/saga-core/machine';
import type { Queryable } from '../tx/index.ts';
import { viewSql } from './conditions.ts';
import type { SagaCounts } from './types.ts';

const views = ['retrying', 'unknown', 'waiting', 'paused', 'stalled'] as const;

type View = (typeof views)[number];

type ActiveRow = Readonly<Record<View, string>> & {
  readonly status: SagaStatus;
  readonly n: string;
};

/** What is in flight is looked at row by row; views are asked of the summary. */
const activeSql = `
select status, count(*) as n,
       ${views.map((view) => `count(*) filter (where ${viewSql[view]}) as ${view}`).join(', ')}
  from saga.instance where finished_at is null`;

/** The ended are counted in an index that has their status. */
const endedSql =
  'select rest as status, count(*) as n from saga.instance where finished_at is not null';

/** How many sagas there are, by status and by view. */
export async function countSagas(
  db: Queryable,
  { correlationId }: { readonly correlationId?: string } = {},
): Promise<SagaCounts> {
  const only = correlationId === undefined ? '' : ' and correlation_id = $1';
  const params = correlationId === undefined ? [] : [correlationId];
  const [active, ended] = await Promise.all([
    db.query<ActiveRow>(`${activeSql}${only} group by status`, params),
    db.query<{ status: SagaStatus; n: string }>(`${endedSql}${only} group by rest`, params),
  ]);
  const byStatus = new Map([...active, ...ended].map(({ status, n }) => [status, Number(n)]));
  const statuses = sagaStatuses.map((status) => [status, byStatus.get(status) ?? 0] as const);
  const inViews = views.map(
    (view) => [view, active.reduce((sum, row) => sum + Number(row[view]), 0)] as const,
  );
  return Object.fromEntries([...statuses, ...inViews]) as SagaCounts;
}
