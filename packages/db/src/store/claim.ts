import type { ClaimedSaga } from '@counterstep/saga-core/engine';
import type { RecordedEvent } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import { type Pool, retryInfrastructure } from '../tx/index.ts';
import { eventColumns, type EventRow, recorded } from './rows.ts';

/**
 * Takes due sagas: their ready rows go, their instances get owner and a higher fence, in one statement.
 * Each claimer locks other rows (skip locked), so workers never wait for each other here.
 */
const claimSql = `
with due as (
  select saga_id from saga.ready
   where run_at <= clock_timestamp() and definition_key = any($2::text[])
   order by run_at limit $3 for update skip locked
), taken as (
  delete from saga.ready r using due where r.saga_id = due.saga_id returning r.saga_id
), locked as materialized (
  select i.id from saga.instance i where i.id in (select saga_id from taken) order by i.id for update
)
update saga.instance i set owner = $1::uuid, fence = i.fence + 1, updated_at = clock_timestamp()
  from locked where i.id = locked.id and i.owner is null
returning i.id, i.definition, i.version, i.fence, i.seq, i.status, i.input,
          i.mail_read, i.mail_received > i.mail_read as mail_waiting`;

interface ClaimedRow {
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly fence: string;
  readonly seq: number;
  readonly status: string;
  readonly input: Json;
  readonly mail_read: number;
  readonly mail_waiting: boolean;
}

/** Claims up to `limit` sagas for a worker; the log comes along for those that have begun. */
export async function claimSagas(
  pool: Pool,
  workerId: string,
  definitionKeys: readonly string[],
  limit: number,
): Promise<ClaimedSaga[]> {
  const rows = await retryInfrastructure(() =>
    pool.query<ClaimedRow>(claimSql, [workerId, definitionKeys, limit]),
  );
  const begun = rows.filter((row) => row.status !== 'pending' || row.seq > 1);
  const logs = await readLogs(
    pool,
    begun.map((row) => row.id),
  );
  return rows.map((row) => {
    const log = logs.get(row.id);
    return {
      sagaId: row.id,
      definitionKey: `${row.definition}@${row.version}`,
      fence: BigInt(row.fence),
      seq: row.seq,
      input: row.input,
      mailRead: row.mail_read,
      mailWaiting: row.mail_waiting,
      ...(log && { log }),
    };
  });
}

/** Whole logs of many sagas, in order. */
export async function readLogs(
  pool: Pool,
  sagaIds: readonly string[],
): Promise<Map<string, RecordedEvent[]>> {
  const logs = new Map<string, RecordedEvent[]>();
  if (sagaIds.length === 0) return logs;
  const rows = await retryInfrastructure(() =>
    pool.query<EventRow>(
      `select ${eventColumns} from saga.event where saga_id = any($1::uuid[]) order by saga_id, seq`,
      [sagaIds],
    ),
  );
  for (const row of rows) {
    const log = logs.get(row.saga_id);
    if (log) log.push(recorded(row));
    else logs.set(row.saga_id, [recorded(row)]);
  }
  return logs;
}
