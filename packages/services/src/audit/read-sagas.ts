import type { Pool } from '@counterstep/db/tx';
import type { InstanceFacts } from './facts.ts';
import type { Of } from './read-services.ts';

/** One statement, so that a saga and its log are of the same moment. */
const sql = `
select i.id as "sagaId", i.definition, i.style = 'choreography' and i.epoch = 0 as leaderless, i.status, i.seq, i.paused,
       i.summary -> 'signals' is not null as "awaitsSignal",
       i.owner is not null as owned,
       exists (select from saga.worker w
                where w.id = i.owner and w.status in ('live', 'draining')) as "ownerLives",
       exists (select from saga.ready r where r.saga_id = i.id) as ready,
       log.events, log.first_seq as "firstSeq", log.last_seq as "lastSeq",
       log.operator_seqs as "operatorSeqs",
       (select coalesce(jsonb_agg(a.seq order by a.seq), '[]') from saga.audit a
         where a.saga_id = i.id and a.seq is not null) as "auditSeqs"
  from saga.instance i
 cross join lateral (
       select count(*)::int as events, coalesce(min(e.seq), 0) as first_seq,
              coalesce(max(e.seq), 0) as last_seq,
              coalesce(jsonb_agg(e.seq order by e.seq) filter (where e.type in ('OperatorActed', 'SagaTakenOver')), '[]')
                as operator_seqs
         from saga.event e where e.saga_id = i.id) log
 where i.id = any($1::uuid[])`;

export function readInstances(pool: Pool, ids: readonly string[]): Promise<Of<InstanceFacts>[]> {
  return pool.query<Of<InstanceFacts>>(sql, [ids]);
}
