import type { ClaimedSaga } from '@counterstep/saga-core/engine';
import type { RecordedEvent } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import { type Pool, retryInfrastructure } from '../tx/index.ts';
import { eventColumns, type EventRow, recorded } from './rows.ts';

/**
 * Takes due sagas: their ready rows go, their instances get owner and a higher fence, in one statement.
 * Each claimer locks other rows (skip locked), so workers never wait for each other here. Instances are
 * looked up, and so locked, in the order of their ids, as every multi-row write does it.
 *
 * Both bounds of `run_at` are conditions of the index. The upper one is a subselect because a volatile
 * function is none: without it every row that waits for its time was read, at each claim (10^6 of
 * them: 86 ms instead of 0.9). For the lower one see `claim-floor.ts`.
 */
export const claimSql = `
with due as (
  select saga_id from saga.ready
   where run_at >= $4::timestamptz and run_at <= (select clock_timestamp())
     and definition_key = any($2::text[])
   order by run_at limit $3 for update skip locked
), taken as (
  delete from saga.ready r using due where r.saga_id = due.saga_id returning r.saga_id, r.run_at
), ordered as materialized (
  select * from taken order by saga_id
)
update saga.instance i set owner = $1::uuid, fence = i.fence + 1, updated_at = clock_timestamp()
  from ordered where i.id = ordered.saga_id and i.owner is null
returning i.id, i.definition, i.version, i.fence, i.seq, i.status, i.input, i.deadline_at,
          i.mail_read, i.mail_received > i.mail_read as mail_waiting, ordered.run_at`;

interface ClaimedRow {
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly fence: string;
  readonly seq: number;
  readonly status: string;
  readonly input: Json;
  readonly deadline_at: Date | null;
  readonly mail_read: number;
  readonly mail_waiting: boolean;
  readonly run_at: Date;
}

/** What a claim took, and when the last of it had become due (ms since 1970); null: nothing was due. */
export interface Claim {
  readonly sagas: ClaimedSaga[];
  readonly lastDueMs: number | null;
}

/**
 * Claims up to `limit` sagas for a worker; the log comes along for those that have begun.
 *
 * @param dueSinceMs sagas that have been due for longer are not looked for; null: all are
 */
export async function claimSagas(
  pool: Pool,
  workerId: string,
  definitionKeys: readonly string[],
  limit: number,
  dueSinceMs: number | null,
): Promise<Claim> {
  const since = new Date(dueSinceMs ?? 0).toISOString();
  const rows = await retryInfrastructure(() =>
    pool.query<ClaimedRow>(claimSql, [workerId, definitionKeys, limit, since]),
  );
  const begun = rows.filter((row) => row.status !== 'pending' || row.seq > 1);
  const logs = await readLogs(
    pool,
    begun.map((row) => row.id),
  );
  return {
    sagas: rows.map((row) => sagaOf(row, logs.get(row.id))),
    lastDueMs: rows.reduce<number | null>(
      (last, { run_at: runAt }) => Math.max(last ?? 0, runAt.getTime()),
      null,
    ),
  };
}

function sagaOf(row: ClaimedRow, log: readonly RecordedEvent[] | undefined): ClaimedSaga {
  return {
    sagaId: row.id,
    definitionKey: `${row.definition}@${row.version}`,
    fence: BigInt(row.fence),
    seq: row.seq,
    input: row.input,
    deadlineAt: row.deadline_at?.toISOString() ?? null,
    mailRead: row.mail_read,
    mailWaiting: row.mail_waiting,
    ...(log && { log }),
  };
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
