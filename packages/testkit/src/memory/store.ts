import type {
  Begin,
  ClaimedSaga,
  SagaStore,
  SagaWrite,
  WriteResult,
} from '@counterstep/saga-core/engine';
import type { RecordedEvent } from '@counterstep/saga-core/machine';
import { isStorable } from './storable.ts';
import {
  append,
  copyOf,
  definitionKeyOf,
  type Instance,
  makeReady,
  type MemoryDatabase,
  readLog,
} from './tables.ts';

/** A claim that is still on its way must not be taken for a stray. */
const strayAgeMs = 5_000;

/** The saga store of one worker in memory: it answers as the one on Postgres does. */
export function memoryStore(database: MemoryDatabase, workerId: string): SagaStore {
  const { tables, sim } = database;
  const owned = () => [...tables.instances.values()].filter(({ owner }) => owner === workerId);
  return {
    claim: (limit, definitionKeys, begin) =>
      Promise.resolve(
        claim(database, workerId, limit, definitionKeys).map((saga) =>
          begun(database, workerId, saga, begin),
        ),
      ),
    write: (writes) => Promise.resolve(writes.map((write) => writeOne(database, workerId, write))),
    readMail: (sagaId, after) =>
      Promise.resolve(
        (tables.mail.get(sagaId) ?? [])
          .map(({ letter }) => copyOf(letter))
          .filter(({ position }) => position > after),
      ),
    sagasWithMail: () =>
      Promise.resolve(
        owned()
          .filter((saga) => saga.mailReceived > saga.mailRead)
          .map(({ sagaId }) => sagaId),
      ),
    releaseStrays(held) {
      const strays = owned().filter(
        ({ sagaId, updatedMs }) => !held.includes(sagaId) && updatedMs < sim.nowMs - strayAgeMs,
      );
      for (const saga of strays) giveBack(database, saga);
      return Promise.resolve(strays.length);
    },
  };
}

/** Takes a saga from its owner: whatever that one still writes is refused from now on. */
export function giveBack(database: MemoryDatabase, saga: Instance): void {
  saga.owner = null;
  saga.fence += 1n;
  makeReady(database, saga, database.sim.nowMs);
}

function claim(
  database: MemoryDatabase,
  workerId: string,
  limit: number,
  definitionKeys: readonly string[],
): ClaimedSaga[] {
  const { tables, sim } = database;
  const due = [...tables.ready]
    .filter(([, row]) => row.runAtMs <= sim.nowMs && definitionKeys.includes(row.definitionKey))
    .sort(([, one], [, other]) => one.runAtMs - other.runAtMs)
    .slice(0, limit);
  return due.flatMap(([sagaId]) => {
    tables.ready.delete(sagaId);
    const saga = tables.instances.get(sagaId);
    if (!saga || saga.owner !== null) return [];
    saga.owner = workerId;
    saga.fence += 1n;
    saga.updatedMs = sim.nowMs;
    return [claimed(database, saga)];
  });
}

/** Makes the first write of a new saga, if there is one and it can be kept. */
function begun(
  database: MemoryDatabase,
  workerId: string,
  saga: ClaimedSaga,
  begin: Begin | undefined,
): ClaimedSaga {
  const { sagaId, fence, seq: baseSeq, mailRead } = saga;
  const first = saga.log || saga.mailWaiting ? undefined : begin?.(saga);
  if (!first) return saga;
  const write = { sagaId, fence, baseSeq, mailRead, needsMailRead: true, ...first };
  const { kind } = writeOne(database, workerId, write);
  return kind === 'written' ? { ...saga, hasBegun: true } : saga;
}

function claimed(database: MemoryDatabase, saga: Instance): ClaimedSaga {
  const { sagaId, fence, seq, input, deadlineAt, mailRead, mailReceived, state } = saga;
  const hasBegun = state.phase.status !== 'pending' || seq > 1;
  return {
    sagaId,
    definitionKey: definitionKeyOf(saga),
    fence,
    seq,
    input: copyOf(input),
    deadlineAt,
    mailRead,
    mailWaiting: mailReceived > mailRead,
    ...(hasBegun && { log: readLog(database, sagaId) }),
  };
}

function writeOne(database: MemoryDatabase, workerId: string, write: SagaWrite): WriteResult {
  const { tables, sim } = database;
  const { sagaId, events, release } = write;
  const saga = tables.instances.get(sagaId);
  if (!isStorable(events)) {
    const message = 'It holds U+0000 or half a surrogate pair; leave them out.';
    return { kind: 'unstorable', error: { code: 'UNSTORABLE', message } };
  }
  const needsNoMail = release !== undefined || write.needsMailRead;
  const matches =
    saga !== undefined &&
    saga.owner === workerId &&
    saga.fence === write.fence &&
    saga.seq === write.baseSeq &&
    (!needsNoMail || saga.mailReceived === write.mailRead);
  if (!matches) return reasonOf(database, write, saga, workerId);
  const at = sim.now();
  append(
    database,
    saga,
    events.map((event, index): RecordedEvent => ({ ...event, seq: write.baseSeq + 1 + index, at })),
  );
  saga.seq += events.length;
  saga.state = copyOf(write.state);
  saga.mailRead = write.mailRead;
  saga.updatedMs = sim.nowMs;
  if (release) saga.owner = null;
  if (release?.runAt != null) makeReady(database, saga, Date.parse(release.runAt));
  return { kind: 'written', mailWaiting: saga.mailReceived > write.mailRead };
}

/** Only the holder of the fence writes, one write at a time: what looks like this write is this write. */
function reasonOf(
  { tables }: MemoryDatabase,
  write: SagaWrite,
  saga: Instance | undefined,
  workerId: string,
): WriteResult {
  if (!saga || saga.fence !== write.fence) return { kind: 'lost' };
  const isOwned = saga.owner === workerId;
  const last = tables.logs.get(write.sagaId)?.at(-1)?.event.type;
  const isThere =
    saga.seq === write.baseSeq + write.events.length &&
    last === (write.events.at(-1)?.type ?? last) &&
    isOwned === (write.release === undefined) &&
    (write.events.length > 0 || write.release !== undefined);
  if (isThere) return { kind: 'written', mailWaiting: saga.mailReceived > write.mailRead };
  return isOwned && saga.seq === write.baseSeq ? { kind: 'mail' } : { kind: 'lost' };
}
