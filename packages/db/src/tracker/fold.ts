import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import { eventColumns, type EventRow, recorded } from '../store/rows.ts';
import type { Pool, Tx } from '../tx/index.ts';
import { flowKey, type Flows } from './flow.ts';
import { type Folded, foldSaga } from './fold-saga.ts';
import { groupBy } from '../group-by.ts';
import { type LogState, logState } from './log-state.ts';
import { createMemory, type Memory, type Place } from './memory.ts';
import { insertInstances, writeFolds } from './write-fold.ts';

export interface FoldOptions {
  /** Of the worker that folds; it saves reading the logs that are there. */
  readonly memory?: Memory | undefined;
  /** Hears of each message that cannot be folded. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Folds messages of choreographed sagas into instances and logs, as if somebody had coordinated them.
 * Copies are dropped; a message that comes before its cause is held until the cause is there. So any
 * order of arrival gives the same log, up to the order of things that happened at once.
 */
export async function foldMessages(
  pool: Pool,
  flows: Flows,
  messages: readonly RecordedMessage[],
  { memory = createMemory(), onError = () => undefined }: FoldOptions = {},
): Promise<void> {
  const known = messages.filter((message) => flows.has(flowKey(message)));
  if (known.length === 0) return;
  const ids = [...new Set(known.map((message) => message.sagaId))].sort();
  try {
    const written = await pool.transaction((tx) =>
      foldIn(tx, flows, known, ids, { memory, onError }),
    );
    for (const { generation, ...saga } of written) memory.keep(saga.sagaId, generation, saga);
  } catch (error) {
    // Whether it was written may be unknown.
    memory.forget(ids);
    throw error;
  }
}

/** Returns the sagas that exist, as their logs are now. */
async function foldIn(
  tx: Tx,
  flows: Flows,
  messages: readonly RecordedMessage[],
  ids: readonly string[],
  { memory, onError }: { readonly memory: Memory; readonly onError: (error: unknown) => void },
): Promise<(Folded & { readonly generation: number })[]> {
  const strange = ids.filter((id) => !memory.has(id));
  const [, rows, retired, held] = await Promise.all([
    strange.length > 0 ? takeTurns(tx, strange) : undefined,
    tx.query<Place & { readonly id: string }>(
      `select id, seq, log_generation as generation from saga.instance
        where id = any($1::uuid[]) order by id for update`,
      [ids],
    ),
    // After the rows: one that goes in between is found here.
    strange.length > 0 ? retiredAmong(tx, strange) : noneRetired,
    tx.query<{ message: RecordedMessage }>(
      'select message from saga.held_message where saga_id = any($1::uuid[])',
      [ids],
    ),
  ]);
  const logs = await logsOf(tx, rows, memory);
  const isStrange = new Set(strange);
  const born = new Map<string, RecordedMessage>();
  const present = [...held.map((row) => row.message), ...messages];
  for (const message of present) {
    const { sagaId, report } = message;
    const isNew = isStrange.has(sagaId) && !logs.has(sagaId) && !retired.has(sagaId);
    if (isNew && report.kind === 'accepted') born.set(sagaId, message);
  }
  const all = groupBy(present, (m) => m.sagaId);
  const folded = ids.map((id) => {
    const before = logs.get(id) ?? (born.has(id) ? logState([]) : undefined);
    return foldSaga(id, flows, before, all.get(id) ?? [], onError);
  });
  // Its first message cannot be folded: there is nothing to show of it yet.
  for (const { sagaId, events } of folded) if (events.length === 0) born.delete(sagaId);
  const newcomers = folded.flatMap((saga) => {
    const accepted = born.get(saga.sagaId);
    return accepted ? [{ accepted, folded: saga }] : [];
  });
  await Promise.all([
    insertInstances(tx, flows, newcomers),
    writeFolds(tx, folded, held.length > 0 ? ids : [], (id) => born.has(id)),
  ]);
  const generations = new Map(rows.map(({ id, generation }) => [id, generation]));
  for (const id of born.keys()) generations.set(id, 0);
  return folded.flatMap((saga) => {
    const generation = generations.get(saga.sagaId);
    return generation === undefined ? [] : [{ generation, ...saga }];
  });
}

const noneRetired: ReadonlySet<string> = new Set();

/** Nobody may take the id of a saga that was retired. */
export async function retiredAmong(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    'select saga_id as id from saga.retired where saga_id = any($1::uuid[])',
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** What the logs of locked sagas say, from memory where that is still true. */
async function logsOf(
  tx: Tx,
  rows: readonly (Place & { readonly id: string })[],
  memory: Memory,
): Promise<Map<string, LogState>> {
  const remembered = new Map(rows.map((row) => [row.id, memory.at(row.id, row)]));
  const unread = rows.filter(({ id }) => !remembered.get(id)).map(({ id }) => id);
  const events =
    unread.length === 0
      ? []
      : await tx.query<EventRow>(
          `select ${eventColumns} from saga.event where saga_id = any($1::uuid[]) order by saga_id, seq`,
          [unread],
        );
  const read = groupBy(events, (row) => row.saga_id);
  return new Map(
    rows.map(({ id }) => [id, remembered.get(id) ?? logState((read.get(id) ?? []).map(recorded))]),
  );
}

/** Enough that sagas rarely share one; few enough that a large batch does not fill the lock table. */
const creationLocks = 64;

/**
 * A saga that does not exist yet has no row to lock: one reader could hold a message back for its
 * cause while another, creating the saga, has already looked for held messages and found none. Both
 * take turns behind an advisory lock instead.
 */
export async function takeTurns(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtext('counterstep tracker'), bucket)
       from (select distinct abs(hashtext(id::text) % $2::int) as bucket
               from unnest($1::uuid[]) as asked (id)
              where not exists (select from saga.instance i where i.id = asked.id)
              order by 1) as b`,
    [ids, creationLocks],
  );
}
