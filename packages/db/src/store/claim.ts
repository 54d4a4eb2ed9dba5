import type { Begin, ClaimedSaga, FirstWrite } from '@counterstep/saga-core/engine';
import type { RecordedEvent } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import {
  CommitUnknownError,
  isInfrastructure,
  type Pool,
  retryInfrastructure,
  RowCountError,
  type Tx,
} from '../tx/index.ts';
import { type Beginning, deleteReady, ownStatements } from './begin.ts';
import { eventColumns, type EventRow, recorded } from './rows.ts';

/**
 * Due sagas, their ready rows and instances locked. Nothing here waits for a lock: what somebody else
 * holds is left for the next look. So a claim can decide what its new sagas begin with, while it holds
 * them, and nobody waits for it who it waits for.
 *
 * Both bounds of `run_at` are conditions of the index. The upper one is a subselect because a volatile
 * function is none: without it every row that waits for its time was read, at each claim (10^6 of
 * them: 86 ms instead of 0.9). For the lower one see `claim-floor.ts`.
 */
export const dueSql = `
with due as materialized (
  select saga_id, run_at from saga.ready
   where run_at >= $3::timestamptz and run_at <= (select clock_timestamp())
     and definition_key = any($1::text[])
   order by run_at limit $2 for update skip locked
)
select i.id, i.definition, i.version, i.fence, i.seq, i.status, i.input, i.deadline_at, i.mail_read,
       i.mail_received > i.mail_read as mail_waiting, i.owner is null as is_free, due.run_at,
       (select count(*) from due)::int as due_count
  from due join saga.instance i on i.id = due.saga_id
   for update of i skip locked`;

interface DueRow {
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
  readonly is_free: boolean;
  readonly run_at: Date;
  /** Of all that were due, those included that somebody else holds. */
  readonly due_count: number;
}

export interface ClaimRequest {
  readonly workerId: string;
  readonly definitionKeys: readonly string[];
  readonly limit: number;
  /** Sagas that have been due for longer (ms since 1970) are not looked for; null: all are. */
  readonly dueSinceMs: number | null;
  readonly begin: Begin | undefined;
}

/** What a claim took, and when the last of it had become due (ms since 1970); null: nothing was due. */
export interface Claim {
  readonly sagas: ClaimedSaga[];
  readonly lastDueMs: number | null;
  /** There may be more after it. */
  readonly isFull: boolean;
}

/** Claims due sagas for a worker; the log comes along for those that have begun before. */
export async function claimSagas(pool: Pool, request: ClaimRequest): Promise<Claim> {
  const { rows, begun, isFull } = await take(pool, request);
  const logs = await readLogs(
    pool,
    rows.filter((row) => !isNew(row)).map((row) => row.id),
  );
  return {
    sagas: rows.map((row) => {
      const saga = begun.get(row.id)?.saga ?? sagaOf(row, logs.get(row.id));
      return begun.has(row.id) ? { hasBegun: true, ...saga } : saga;
    }),
    lastDueMs: rows.reduce<number | null>(
      (last, { run_at: runAt }) => Math.max(last ?? 0, runAt.getTime()),
      null,
    ),
    isFull,
  };
}

interface Begun {
  readonly saga: ClaimedSaga;
  readonly first: FirstWrite;
}

interface Taken {
  readonly rows: readonly DueRow[];
  readonly begun: ReadonlyMap<string, Begun>;
  readonly isFull: boolean;
}

async function take(pool: Pool, request: ClaimRequest): Promise<Taken> {
  let taken: Taken = { rows: [], begun: new Map(), isFull: false };
  try {
    return await pool.transaction(async (tx) => (taken = await takeIn(tx, request)));
  } catch (error) {
    if (error instanceof CommitUnknownError) return whatIsOwned(pool, request.workerId, taken);
    const isOurFault = isInfrastructure(error) || error instanceof RowCountError;
    if (!request.begin || isOurFault) throw error;
    // A first write that cannot be made: by itself, after the claim, it harms nobody else.
    return take(pool, { ...request, begin: undefined });
  }
}

/** Deciding must not outlast the session's limit on idle transactions, nor keep others waiting. */
const beginMsMax = 100;

async function takeIn(
  tx: Tx,
  { workerId, definitionKeys, limit, dueSinceMs, begin }: ClaimRequest,
): Promise<Taken> {
  const since = new Date(dueSinceMs ?? 0);
  const due = await tx.query<DueRow>(dueSql, [definitionKeys, limit, since]);
  const rows = due.filter((row) => row.is_free);
  const begun = new Map<string, Begun>();
  const startedMs = performance.now();
  for (const row of begin ? rows : []) {
    if (!isNew(row) || row.mail_waiting) continue;
    if (performance.now() - startedMs > beginMsMax) break;
    const saga = sagaOf(row);
    const first = begin?.(saga);
    if (first) begun.set(row.id, { saga, first });
  }
  if (due.length > 0) tx.last(deleteReady(due.map((row) => row.id)));
  const beginnings = rows.map(({ id, seq, status }): Beginning => {
    return { id, seq, status, first: begun.get(id)?.first };
  });
  for (const statement of ownStatements(workerId, beginnings)) tx.last(statement);
  return { rows, begun, isFull: due[0]?.due_count === limit };
}

/** After a commit that nobody knows of: what of it has happened. Strays are given back later. */
async function whatIsOwned(pool: Pool, workerId: string, taken: Taken): Promise<Taken> {
  const owned = await retryInfrastructure(() =>
    pool.query<{ id: string; fence: string }>(
      'select id, fence from saga.instance where id = any($2::uuid[]) and owner = $1',
      [workerId, taken.rows.map((row) => row.id)],
    ),
  );
  const fences = new Map(owned.map(({ id, fence }) => [id, BigInt(fence)]));
  const rows = taken.rows.filter((row) => fences.get(row.id) === fenceOf(row));
  return { rows, begun: taken.begun, isFull: taken.isFull };
}

const isNew = (row: DueRow): boolean => row.status === 'pending' && row.seq === 1;
const fenceOf = (row: DueRow): bigint => BigInt(row.fence) + 1n;

function sagaOf(row: DueRow, log?: readonly RecordedEvent[]): ClaimedSaga {
  const saga = {
    sagaId: row.id,
    definitionKey: `${row.definition}@${row.version}`,
    fence: fenceOf(row),
    seq: row.seq,
    input: row.input,
    deadlineAt: row.deadline_at?.toISOString() ?? null,
    mailRead: row.mail_read,
    mailWaiting: row.mail_waiting,
  };
  return log ? { log, ...saga } : saga;
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
