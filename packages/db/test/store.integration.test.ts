import { randomUUID } from 'node:crypto';
import { definitionKey } from '@counterstep/saga-core/definition';
import type { ClaimedSaga } from '@counterstep/saga-core/engine';
import type { SagaEvent } from '@counterstep/saga-core/machine';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requestCancel } from '../src/commands/index.ts';
import { listSagas } from '../src/read/index.ts';
import {
  createSagaStore,
  findGhostOwners,
  reapWorker,
  registerWorker,
} from '../src/store/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';
import { acceptTrips, dispatched, pivotIntent, trip, writeOf } from './trip.ts';

let database: TestDatabase;
let pool: Pool;
const keys = [definitionKey(trip)];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({
    url: database.url,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: 'store-test',
  });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  await pool.query('delete from saga.ready');
});

const storeOf = (workerId: string = randomUUID()) => createSagaStore(pool, workerId);

async function claimOne(store = storeOf()): Promise<ClaimedSaga> {
  await acceptTrips(pool, 1);
  const [saga] = await store.claim(1, keys);
  if (!saga) throw new Error('Nothing to claim.');
  return saga;
}

async function row(sagaId: string) {
  const [found] = await pool.query<{
    status: string;
    seq: number;
    owner: string | null;
    ready: boolean;
    events: string;
  }>(
    `select status, seq, owner, exists (select from saga.ready where saga_id = id) as ready,
            (select count(*) from saga.event where saga_id = id) as events
       from saga.instance where id = $1`,
    [sagaId],
  );
  return found;
}

describe('a claim', () => {
  it('gives every saga to exactly one of many workers', async () => {
    const ids = await acceptTrips(pool, 200);
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => storeOf()).map((store) => store.claim(50, keys)),
    );
    const claimed = claims.flat().map((saga) => saga.sagaId);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(claimed.every((id) => ids.includes(id))).toBe(true);
    const rest = await storeOf().claim(200, keys);
    expect(claimed.length + rest.length).toBe(200);
  });

  it('leaves sagas whose definition the worker does not know', async () => {
    await acceptTrips(pool, 1);
    expect(await storeOf().claim(10, ['trip@2'])).toEqual([]);
  });

  it('raises the fence each time: the same worker cannot write by an older claim', async () => {
    const store = storeOf();
    const first = await claimOne(store);
    await store.write([writeOf(first, [], { release: { runAt: new Date().toISOString() } })]);
    const [second] = await store.claim(1, keys);
    expect(second).toMatchObject({ sagaId: first.sagaId, fence: first.fence + 1n });
    expect(await store.write([writeOf(first, [dispatched])])).toEqual([{ kind: 'lost' }]);
    expect(await row(first.sagaId)).toMatchObject({ seq: 1, events: '1' });
  });

  it('whose reply was lost is undone: its sagas are claimed by somebody again', async () => {
    const store = storeOf();
    const saga = await claimOne(store);
    const held = await claimOne(store);
    const age = `update saga.instance set updated_at = clock_timestamp() - interval '6 seconds'
                  where id = any($1::uuid[])`;
    expect(await store.releaseStrays([held.sagaId])).toBe(0);
    await pool.query(age, [[saga.sagaId, held.sagaId]]);
    expect(await store.releaseStrays([held.sagaId])).toBe(1);
    expect(await row(saga.sagaId)).toMatchObject({ owner: null, ready: true });
    expect(await row(held.sagaId)).toMatchObject({ ready: false });
    expect(await store.write([writeOf(saga, [dispatched])])).toEqual([{ kind: 'lost' }]);
  });

  it('waits for nobody: what somebody else holds is left for the next look', async () => {
    const [held = '', free] = await acceptTrips(pool, 2);
    await pool.transaction(async (tx) => {
      await tx.query('select from saga.instance where id = $1 for update', [held]);
      expect((await storeOf().claim(10, keys)).map(({ sagaId }) => sagaId)).toEqual([free]);
    });
    expect((await storeOf().claim(10, keys)).map(({ sagaId }) => sagaId)).toEqual([held]);
  });

  it('has a letter wait until it is done, so that the letter finds what has begun', async () => {
    const [sagaId = ''] = await acceptTrips(pool, 1);
    let letter: Promise<unknown> | undefined;
    const store = storeOf();
    const [saga] = await store.claim(10, keys, (claimed) => {
      letter = requestCancel(pool, { sagaId, reason: 'Sold out.', actor: 'Ada' });
      return writeOf(claimed, [dispatched]);
    });
    await letter;
    expect(saga).toMatchObject({ hasBegun: true, mailWaiting: false });
    expect(await row(sagaId)).toMatchObject({ status: 'running', seq: 2, ready: false });
    expect(await store.sagasWithMail()).toEqual([sagaId]);
  });

  it('takes sagas all the same when what they begin with cannot be decided', async () => {
    await acceptTrips(pool, 2);
    let asks = 0;
    const claimed = await storeOf().claim(10, keys, () => {
      asks += 1;
      throw new Error('No idea.');
    });
    expect([asks, claimed.length]).toEqual([1, 2]);
    expect(claimed.filter(({ hasBegun }) => hasBegun)).toEqual([]);
  });

  it('decides for no longer than others can wait; the rest begins after it', async () => {
    await acceptTrips(pool, 3);
    const claimed = await storeOf().claim(10, keys, (saga) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120);
      return writeOf(saga, [dispatched]);
    });
    expect(claimed).toHaveLength(3);
    expect(claimed.filter(({ hasBegun }) => hasBegun)).toHaveLength(1);
  });

  it('is not kept busy by what is queued and not there', async () => {
    await pool.query(
      `insert into saga.ready (saga_id, run_at, definition_key) values ($1, now(), $2)`,
      [randomUUID(), keys[0] ?? ''],
    );
    const [sagaId] = await acceptTrips(pool, 1);
    await storeOf().releaseStrays([]);
    const left = await pool.query<{ saga_id: string }>('select saga_id from saga.ready');
    expect(left).toEqual([{ saga_id: sagaId }]);
  });

  it('brings the log of a saga that has begun', async () => {
    const store = storeOf();
    const saga = await claimOne(store);
    expect(saga.log).toBeUndefined();
    await store.write([
      writeOf(saga, [dispatched], { release: { runAt: '2020-01-01T00:00:00.000Z' } }),
    ]);
    const [again] = await storeOf().claim(1, keys);
    expect(again?.log?.map((event) => event.type)).toEqual(['SagaAccepted', 'StepDispatched']);
  });
});

describe('a write', () => {
  it('appends its events and moves the row with them', async () => {
    const store = storeOf();
    const saga = await claimOne(store);
    expect(await store.write([writeOf(saga, [dispatched])])).toEqual([
      { kind: 'written', mailWaiting: false },
    ]);
    expect(await row(saga.sagaId)).toMatchObject({ status: 'running', seq: 2, events: '2' });
  });

  it('is refused to a worker that has lost the saga, and leaves its neighbours alone', async () => {
    const workerId = randomUUID();
    await registerWorker(pool, { id: workerId, pid: 1, host: 'test', lockKey: 1n });
    const zombie = storeOf(workerId);
    const lost = await claimOne(zombie);
    await reapWorker(pool, workerId);
    await pool.query('delete from saga.ready');
    const kept = await claimOne(zombie);
    expect(await zombie.write([writeOf(lost, [dispatched]), writeOf(kept, [dispatched])])).toEqual([
      { kind: 'lost' },
      { kind: 'written', mailWaiting: false },
    ]);
    expect(await row(lost.sagaId)).toMatchObject({ status: 'pending', seq: 1, events: '1' });
  });

  it('that is sent again after its reply was lost finds itself written, once', async () => {
    const store = storeOf();
    const saga = await claimOne(store);
    const write = writeOf(saga, [dispatched]);
    await store.write([write]);
    expect(await store.write([write])).toEqual([{ kind: 'written', mailWaiting: false }]);
    expect(await row(saga.sagaId)).toMatchObject({ seq: 2, events: '2' });
  });

  it('that releases the saga makes it claimable from its time on', async () => {
    const store = storeOf();
    const saga = await claimOne(store);
    const release = { runAt: new Date(Date.now() + 3_600_000).toISOString() };
    await store.write([writeOf(saga, [dispatched], { release })]);
    expect(await row(saga.sagaId)).toMatchObject({ owner: null, ready: true });
    expect(await storeOf().claim(10, keys)).toEqual([]);
  });
});

describe('events that the database will never take', () => {
  it('fail alone: their neighbours in the batch are written', async () => {
    const store = storeOf();
    const culprit = await claimOne(store);
    const neighbour = await claimOne(store);
    const bad: SagaEvent = {
      type: 'StepDispatched',
      step: 'hotel',
      attempt: 1,
      data: { operation: 'hotel', generation: 1, request: 'half of a pair: \ud800' },
    };
    const results = await store.write([writeOf(culprit, [bad]), writeOf(neighbour, [dispatched])]);
    expect(results.map((result) => result.kind)).toEqual(['unstorable', 'written']);
  });
});

describe('a claim that commits after its worker was declared dead', () => {
  it('is found by its ghost of an owner, and given back', async () => {
    const ghost = randomUUID();
    const saga = await claimOne(storeOf(ghost));
    expect(await findGhostOwners(pool)).toContain(ghost);
    expect(await reapWorker(pool, ghost)).toBe(1);
    expect(await row(saga.sagaId)).toMatchObject({ owner: null, ready: true });
    expect(await findGhostOwners(pool)).not.toContain(ghost);
  });
});

describe('a list', () => {
  it('pages through all sagas, once each, and refuses a cursor that no page gave', async () => {
    const ids = await acceptTrips(pool, 25);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const filter = { definition: 'trip', limit: 10, ...(cursor && { cursor }) };
      const page = await listSagas(pool, filter);
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(ids.every((id) => seen.includes(id))).toBe(true);
    await expect(listSagas(pool, { cursor: 'abc' })).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });

  it.each(['\\', '%', '_', "'"])(
    'finds nothing for %s, which is no part of any id',
    async (search) => {
      expect((await listSagas(pool, { search })).items).toEqual([]);
    },
  );
});

describe('a letter', () => {
  const ask = (sagaId: string) =>
    requestCancel(pool, { sagaId, reason: 'no longer wanted', actor: 'test' });

  it('that waits stops the release of its saga', async () => {
    const store = storeOf();
    const saga = await claimOne(store);
    await ask(saga.sagaId);
    expect(await store.write([writeOf(saga, [dispatched], { release: { runAt: null } })])).toEqual([
      { kind: 'mail' },
    ]);
    expect(await store.sagasWithMail()).toEqual([saga.sagaId]);
    expect(await store.readMail(saga.sagaId, 0)).toMatchObject([
      { position: 1, kind: 'cancel', reason: 'no longer wanted', actor: 'test' },
    ]);
  });

  it('that waits stops the intent of a pivot, and nothing else', async () => {
    const store = storeOf();
    const saga = await claimOne(store);
    await ask(saga.sagaId);
    expect(await store.write([writeOf(saga, [pivotIntent], { needsMailRead: true })])).toEqual([
      { kind: 'mail' },
    ]);
    expect(await store.write([writeOf(saga, [dispatched])])).toEqual([
      { kind: 'written', mailWaiting: true },
    ]);
  });

  it('makes a saga that nobody owns claimable', async () => {
    const store = storeOf();
    const saga = await claimOne(store);
    await store.write([writeOf(saga, [dispatched], { release: { runAt: null } })]);
    expect(await row(saga.sagaId)).toMatchObject({ owner: null, ready: false });
    await ask(saga.sagaId);
    expect(await storeOf().claim(1, keys)).toMatchObject([
      { sagaId: saga.sagaId, mailWaiting: true },
    ]);
  });
});

describe('the engine role', () => {
  it.each([
    'update saga.event set actor = actor',
    'delete from saga.event',
    'delete from saga.audit',
  ])('may not: %s', async (statement) => {
    await expect(pool.query(statement)).rejects.toThrow('permission denied');
  });
});
