import type { SagaStore } from '@counterstep/saga-core/engine';
import { type Pool, retryInfrastructure } from '../tx/index.ts';
import { createClaimFloor } from './claim-floor.ts';
import { claimSagas } from './claim.ts';
import { readLetters } from './mail.ts';
import { writeSagas } from './write.ts';

/** The saga store of one worker on Postgres. */
export function createSagaStore(pool: Pool, workerId: string): SagaStore {
  const floor = createClaimFloor();
  return {
    async claim(limit, definitionKeys, begin) {
      const dueSinceMs = floor.next();
      const request = { workerId, definitionKeys, limit, dueSinceMs, begin };
      const claim = await claimSagas(pool, request);
      floor.reached(claim.lastDueMs, claim.isFull);
      return claim.sagas;
    },
    write: (writes) => writeSagas(pool, workerId, writes),
    readMail: (sagaId, after) => retryInfrastructure(() => readLetters(pool, sagaId, after)),
    async sagasWithMail() {
      const rows = await pool.query<{ id: string }>(
        'select id from saga.instance where owner = $1 and mail_received > mail_read',
        [workerId],
      );
      return rows.map((row) => row.id);
    },
    async releaseStrays(held) {
      const [rows] = await Promise.all([
        pool.query(releaseStraysSql, [workerId, held]),
        pool.query(forgetSql),
      ]);
      return rows.length;
    },
  };
}

/** What was retired while somebody resumed it is queued and not there; of what has waited longest, that is seen. */
const forgetSql = `
delete from saga.ready r
 using (select saga_id from saga.ready where run_at <= (select clock_timestamp()) order by run_at limit 100) oldest
 where r.saga_id = oldest.saga_id
   and not exists (select from saga.instance i where i.id = r.saga_id)`;

/**
 * A claim whose reply was lost, and that could not look what had become of it, leaves sagas that nobody
 * drives: their owner does not know of them. A claim that is still on its way is younger.
 */
const releaseStraysSql = `
with stray as materialized (
  select id from saga.instance
   where owner = $1::uuid and not (id = any($2::uuid[]))
     and updated_at < clock_timestamp() - interval '5 seconds'
   order by id for update
), released as (
  update saga.instance i set owner = null, fence = i.fence + 1
    from stray where i.id = stray.id and i.owner = $1::uuid
  returning i.id, i.definition || '@' || i.version as definition_key
)
insert into saga.ready (saga_id, run_at, definition_key)
select id, clock_timestamp(), definition_key from released
on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)
returning 1`;
