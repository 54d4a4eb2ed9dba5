import type { Pool } from '@counterstep/db/tx';
import { ask } from './ask.ts';
import { asColumns, type Columns, rowsOf } from './columns.ts';
import type { InstanceFacts } from './facts.ts';
import type { Of } from './read-services.ts';
import { conditionOn, paramsOf, type Selection } from './selection.ts';

const columns = [
  'sagaId',
  'definition',
  'leaderless',
  'status',
  'seq',
  'paused',
  'awaitsSignal',
  'owned',
  'ownerLives',
  'ready',
  'events',
  'firstSeq',
  'lastSeq',
  'operatorSeqs',
  'auditSeqs',
] as const satisfies readonly (keyof Of<InstanceFacts>)[];

/**
 * One statement, so that a saga and its log are of the same moment. Each saga's log is looked up by
 * itself: joined as a whole it was read once for each saga where the planner, which knows ids only up to
 * its last statistics, expected one (a stretch of the newest of 10^6 sagas: 4 s).
 */
const sqlFor = (condition: (column: string) => string): string => `
select i.id as "sagaId", i.definition, i.style = 'choreography' and i.epoch = 0 as leaderless, i.status, i.seq, i.paused,
       i.summary -> 'signals' is not null as "awaitsSignal",
       i.owner is not null as owned,
       exists (select from saga.worker w
                where w.id = i.owner and w.status in ('live', 'draining')) as "ownerLives",
       exists (select from saga.ready r where r.saga_id = i.id) as ready,
       coalesce(log.events, 0) as events, coalesce(log.first_seq, 0) as "firstSeq",
       coalesce(log.last_seq, 0) as "lastSeq", coalesce(log.operator_seqs, '[]') as "operatorSeqs",
       coalesce(audited.seqs, '[]') as "auditSeqs"
  from saga.instance i
  left join lateral (
             select count(*)::int as events, min(e.seq) as first_seq, max(e.seq) as last_seq,
                    json_agg(e.seq order by e.seq)
                      filter (where e.type in ('OperatorActed', 'SagaTakenOver')) as operator_seqs
               from saga.event e where e.saga_id = i.id) log on true
  left join lateral (
             select json_agg(a.seq order by a.seq) as seqs
               from saga.audit a where a.saga_id = i.id and a.seq is not null) audited on true
 where ${condition('i.id')}`;

export async function readInstances(
  pool: Pool,
  selection: Selection,
): Promise<readonly Of<InstanceFacts>[]> {
  const [read] = await ask<{ instances: Columns }>(
    pool,
    'the sagas and their logs',
    `select ${asColumns(columns, sqlFor(conditionOn(selection)))} as instances`,
    paramsOf(selection),
  );
  return rowsOf(columns, read?.instances ?? []);
}
