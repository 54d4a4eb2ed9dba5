import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import type { RecordedEvent } from '@counterstep/saga-core/machine';
import { eventColumns, type EventRow, recorded } from '../store/rows.ts';
import { allowLonger, type Pool, type Tx } from '../tx/index.ts';
import type { Flows } from './flow.ts';
import { retiredAmong, takeTurns } from './fold.ts';
import type { Folded } from './fold-saga.ts';
import { logState } from './log-state.ts';
import { groupBy } from '../group-by.ts';
import { replaySaga } from './replay.ts';
import type { ServicePools } from './verdict.ts';
import { insertInstances, writeFolds } from './write-fold.ts';

export interface Rebuilt {
  readonly sagas: number;
  readonly messages: number;
  readonly events: number;
}

export interface RebuildOptions {
  /** Told after each transaction of what has been done so far. */
  readonly onChunk?: (soFar: Rebuilt) => void;
  /** Hears of each message that cannot be folded; it is held. */
  readonly onError?: (error: unknown) => void;
}

/** Sagas per transaction; their rows are locked meanwhile, and the tracker waits for them. */
const chunk = 200;
const lowest = '00000000-0000-0000-0000-000000000000';

/**
 * Writes the logs of choreographed sagas anew from the services' outboxes, all of them, in chunks, while
 * the tracker goes on: what it has not read yet it will find known. Sagas that have a coordinator, and
 * those of whose messages an outbox has let go of any, stay as they are.
 */
export async function rebuildSagas(
  pool: Pool,
  flows: Flows,
  services: ServicePools,
  { onChunk = () => undefined, onError = () => undefined }: RebuildOptions = {},
): Promise<Rebuilt> {
  let done: Rebuilt = { sagas: 0, messages: 0, events: 0 };
  for (let after = lowest; ;) {
    const ids = await nextIds(services, after);
    const last = ids.at(-1);
    if (last === undefined) return done;
    const { sagas, messages, events } = await rebuildChunk(pool, flows, services, ids, onError);
    done = {
      sagas: done.sagas + sagas,
      messages: done.messages + messages,
      events: done.events + events,
    };
    onChunk(done);
    after = last;
  }
}

/** Ids that any outbox knows, ascending. The lowest of all services' next ones: none is passed over. */
async function nextIds(services: ServicePools, after: string): Promise<string[]> {
  const pages = await Promise.all(
    [...services.values()].map((db) =>
      db.query<{ id: string }>(
        `select distinct saga_id as id from outbox where saga_id > $1 order by saga_id limit $2`,
        [after, chunk],
      ),
    ),
  );
  return [...new Set(pages.flat().map(({ id }) => id))].sort().slice(0, chunk);
}

async function rebuildChunk(
  pool: Pool,
  flows: Flows,
  services: ServicePools,
  ids: readonly string[],
  onError: (error: unknown) => void,
): Promise<Rebuilt> {
  return pool.transaction(async (tx) => {
    await allowLonger(tx, 30_000);
    // Whoever folds meanwhile waits here, and finds what was written.
    await takeTurns(tx, ids);
    await tx.query(
      'select 1 from saga.instance where id = any($1::uuid[]) order by id for update',
      [ids],
    );
    const messages = await readMessages(services, ids);
    const retired = await retiredAmong(tx, ids);
    const starts = messages.filter(
      ({ report, sagaId }) => report.kind === 'accepted' && !retired.has(sagaId),
    );
    await insertInstances(
      tx,
      flows,
      starts.map((accepted) => ({ accepted, folded: untold(accepted.sagaId) })),
    );
    const started = starts.map(({ sagaId }) => sagaId);
    const logs = await readOldLogs(tx, started);
    const readIds = new Set(messages.map(({ messageId }) => messageId));
    const whole = started.filter((id) => isWhole(logs.get(id) ?? [], readIds));
    const taken = await tx.query<{ id: string }>('select saga.forget_logs($1::uuid[]) as id', [
      whole,
    ]);
    const bySaga = groupBy(messages, ({ sagaId }) => sagaId);
    const folded = taken.map(({ id }) =>
      replaySaga(id, flows, bySaga.get(id) ?? [], logs.get(id) ?? [], onError),
    );
    await writeFolds(
      tx,
      folded,
      folded.map(({ sagaId }) => sagaId),
    );
    const events = folded.reduce((sum, saga) => sum + saga.events.length, 0);
    const read = folded.reduce((sum, { sagaId }) => sum + (bySaga.get(sagaId)?.length ?? 0), 0);
    return { sagas: folded.length, messages: read, events };
  });
}

/** Its log follows below. */
const untold = (sagaId: string): Folded => ({ sagaId, events: [], held: [], ...logState([]) });

/** Outboxes are trimmed one after another: a log may know messages that are gone already. */
const isWhole = (log: readonly RecordedEvent[], read: ReadonlySet<string>): boolean =>
  log.every(({ messageId }) => messageId === undefined || read.has(messageId));

async function readMessages(
  services: ServicePools,
  ids: readonly string[],
): Promise<RecordedMessage[]> {
  const pages = await Promise.all(
    [...services.values()].map((db) =>
      db.query<{ envelope: Omit<RecordedMessage, 'at'>; at: Date }>(
        'select envelope, at from outbox where saga_id = any($1::uuid[])',
        [ids],
      ),
    ),
  );
  return pages.flat().map(({ envelope, at }) => ({ at: at.toISOString(), ...envelope }));
}

async function readOldLogs(tx: Tx, ids: readonly string[]): Promise<Map<string, RecordedEvent[]>> {
  const rows = await tx.query<EventRow>(
    `select ${eventColumns} from saga.event where saga_id = any($1::uuid[]) order by saga_id, seq`,
    [ids],
  );
  const logs = groupBy(rows, (row) => row.saga_id);
  return new Map([...logs].map(([id, log]) => [id, log.map(recorded)]));
}
