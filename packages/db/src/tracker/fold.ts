import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import { eventColumns, type EventRow, recorded } from '../store/rows.ts';
import type { Pool, Tx } from '../tx/index.ts';
import { flowKey, type Flows } from './flow.ts';
import { foldSaga } from './fold-saga.ts';
import { groupBy } from './group.ts';
import { insertInstances, writeFolds } from './write-fold.ts';

/**
 * Folds messages of choreographed sagas into instances and logs, as if somebody had coordinated them.
 * Copies are dropped; a message that comes before its cause is held until the cause is there. So any
 * order of arrival gives the same log, up to the order of things that happened at once.
 */
export async function foldMessages(
  pool: Pool,
  flows: Flows,
  messages: readonly RecordedMessage[],
): Promise<void> {
  const known = messages.filter((message) => flows.has(flowKey(message)));
  if (known.length === 0) return;
  await pool.transaction(async (tx) => {
    const ids = [...new Set(known.map((message) => message.sagaId))].sort();
    await takeTurns(tx, ids);
    await insertInstances(tx, flows, known);
    const [rows, logs, held] = await Promise.all([
      tx.query<{ id: string }>(
        'select id from saga.instance where id = any($1::uuid[]) order by id for update',
        [ids],
      ),
      tx.query<EventRow>(
        `select ${eventColumns} from saga.event where saga_id = any($1::uuid[]) order by saga_id, seq`,
        [ids],
      ),
      tx.query<{ message: RecordedMessage }>(
        'select message from saga.held_message where saga_id = any($1::uuid[])',
        [ids],
      ),
    ]);
    const exists = new Set(rows.map((row) => row.id));
    const logOf = groupBy(
      logs.map((row) => ({ id: row.saga_id, event: recorded(row) })),
      (e) => e.id,
    );
    const all = groupBy([...held.map((row) => row.message), ...known], (m) => m.sagaId);
    const folded = ids.map((id) =>
      foldSaga(
        id,
        flows,
        exists.has(id) ? (logOf.get(id) ?? []).map((entry) => entry.event) : undefined,
        all.get(id) ?? [],
      ),
    );
    await writeFolds(tx, folded, ids);
  });
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
