import { isTerminal } from '@counterstep/saga-core/machine';
import { failureOf } from '@counterstep/saga-core/participant';
import type { SagaWrite, WriteResult } from '@counterstep/saga-core/engine';
import { isInfrastructure, jsonLines, type Pool, retryInfrastructure } from '../tx/index.ts';
import { eventColumnsOf } from './rows.ts';
import { summarise } from './summary.ts';

/**
 * State and log of many sagas in one statement. Why it is right:
 * - The batch comes in the order of ids, and rows are looked up in that order, so that instances are
 *   locked as every multi-row write locks them; out of order, bulk actions and writes deadlocked. A
 *   statement of its own that locks first costs a ninth more (ADR 18).
 * - The update checks owner, fence and sequence of the row as it is once locked. What does not match
 *   is not updated, and its events are not inserted, since they join the updated rows, by the place in
 *   the batch: some thirteen times the id of each saga cost a fiftieth of the whole.
 * - The owner is compared in a form that no index has: entries of sagas that it let go stay in that
 *   index until vacuum, and a plan that began there read all of them, at each write.
 * - Letters are counted on the row itself, so one that commits while this statement waits for the
 *   lock is seen; a look into the mailbox would use the older snapshot.
 */
const writeSql = `
with updated as (
  update saga.instance i
     set seq = w.seq, status = w.status, summary = w.summary::json, paused = w.paused,
         mail_read = w.mail_read, owner = case when w.releases then null else i.owner end,
         updated_at = clock_timestamp(),
         finished_at = case when w.ends then clock_timestamp() end
    from unnest($2::uuid[], $3::bigint[], $4::int[], $5::int[], $6::text[], string_to_array($7, E'\\n'), $8::bool[],
                $9::int[], $10::bool[], $11::timestamptz[], $12::bool[], $13::bool[]) with ordinality
      as w (saga_id, fence, base_seq, seq, status, summary, paused, mail_read, releases, run_at, needs_no_mail, ends,
            place)
   where i.id = w.saga_id
     and i.owner is not distinct from $1::uuid and i.fence = w.fence and i.seq = w.base_seq
     and (not w.needs_no_mail or i.mail_received = w.mail_read)
  returning w.place, i.id, i.mail_received > i.mail_read as mail_waiting,
            w.run_at, i.definition || '@' || i.version as definition_key
), logged as (
  insert into saga.event (saga_id, seq, type, step, attempt, data, actor)
  select u.id, e.seq, e.type, e.step, e.attempt, e.data::json, e.actor
    from unnest($14::int[], $15::int[], $16::text[], $17::text[], $18::smallint[],
                string_to_array($19, E'\\n'), $20::text[])
      as e (place, seq, type, step, attempt, data, actor)
    join updated u on u.place = e.place
), waiting as (
  insert into saga.ready (saga_id, run_at, definition_key)
  select id, run_at, definition_key from updated where run_at is not null
  on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)
)
select id, mail_waiting from updated`;

interface Updated {
  readonly id: string;
  readonly mail_waiting: boolean;
}

/** Writes a batch on behalf of a worker; see `SagaStore.write`. */
export async function writeSagas(
  pool: Pool,
  workerId: string,
  writes: readonly SagaWrite[],
): Promise<WriteResult[]> {
  let updated: Updated[];
  try {
    const params = paramsOf(workerId, writes.toSorted(byId));
    updated = await retryInfrastructure(() => pool.query<Updated>(writeSql, params));
  } catch (error) {
    if (isInfrastructure(error)) throw error;
    return isolate(pool, workerId, writes, error);
  }
  const rows = new Map(updated.map((row) => [row.id, row]));
  const refused = writes.filter((write) => !rows.has(write.sagaId));
  const reasons = refused.length > 0 ? await explain(pool, workerId, refused) : undefined;
  return writes.map((write) => {
    const row = rows.get(write.sagaId);
    if (row) return { kind: 'written', mailWaiting: row.mail_waiting };
    return reasons?.get(write.sagaId) ?? { kind: 'lost' };
  });
}

/** Text of uuids sorts as they do. */
const byId = (a: SagaWrite, b: SagaWrite): number => (a.sagaId < b.sagaId ? -1 : 1);

/** The statement is atomic: halve the batch until only the culprit fails. */
async function isolate(
  pool: Pool,
  workerId: string,
  writes: readonly SagaWrite[],
  error: unknown,
): Promise<WriteResult[]> {
  if (writes.length === 1) return [{ kind: 'unstorable', error: failureOf(error, 'UNSTORABLE') }];
  const middle = writes.length >> 1;
  return [
    ...(await writeSagas(pool, workerId, writes.slice(0, middle))),
    ...(await writeSagas(pool, workerId, writes.slice(middle))),
  ];
}

function paramsOf(workerId: string, writes: readonly SagaWrite[]) {
  const log = eventColumnsOf(
    writes.flatMap((write) =>
      write.events.map((event, index) => ({
        sagaId: write.sagaId,
        seq: write.baseSeq + 1 + index,
        event,
        actor: event.actor,
      })),
    ),
  );
  return [
    workerId,
    writes.map((w) => w.sagaId),
    writes.map((w) => w.fence),
    writes.map((w) => w.baseSeq),
    writes.map((w) => w.baseSeq + w.events.length),
    writes.map((w) => w.state.phase.status),
    jsonLines(writes.map((w) => summarise(w.state))),
    writes.map((w) => w.state.paused),
    writes.map((w) => w.mailRead),
    writes.map((w) => w.release !== undefined),
    writes.map((w) => w.release?.runAt ?? null),
    writes.map((w) => w.release !== undefined || w.needsMailRead),
    writes.map((w) => isTerminal(w.state.phase.status)),
    writes.flatMap((w, index) => w.events.map(() => index + 1)),
    log.seqs,
    log.types,
    log.steps,
    log.attempts,
    log.data,
    log.actors,
  ];
}

interface Found {
  readonly id: string;
  readonly owner: string | null;
  readonly fence: string;
  readonly seq: number;
  readonly mail_received: number;
  /** Type of the newest event. */
  readonly last_type: string | null;
}

/**
 * Why writes matched no row. A write whose reply was lost and which is resent finds its own events
 * already there: only the holder of the fence can have written them, and it writes one at a time.
 */
async function explain(
  pool: Pool,
  workerId: string,
  refused: readonly SagaWrite[],
): Promise<Map<string, WriteResult>> {
  const rows = await pool.query<Found>(
    `select i.id, i.owner, i.fence, i.seq, i.mail_received, e.type as last_type
       from saga.instance i
       left join saga.event e on e.saga_id = i.id and e.seq = i.seq
      where i.id = any($1::uuid[])`,
    [refused.map((write) => write.sagaId)],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const reasons = new Map<string, WriteResult>();
  for (const write of refused) {
    reasons.set(write.sagaId, reasonOf(write, found.get(write.sagaId), workerId));
  }
  return reasons;
}

function reasonOf(write: SagaWrite, row: Found | undefined, workerId: string): WriteResult {
  if (!row || BigInt(row.fence) !== write.fence) return { kind: 'lost' };
  const isOwned = row.owner === workerId;
  const isThere =
    row.seq === write.baseSeq + write.events.length &&
    row.last_type === (write.events.at(-1)?.type ?? row.last_type) &&
    isOwned === (write.release === undefined) &&
    (write.events.length > 0 || write.release !== undefined);
  if (isThere) return { kind: 'written', mailWaiting: row.mail_received > write.mailRead };
  return isOwned && row.seq === write.baseSeq ? { kind: 'mail' } : { kind: 'lost' };
}
