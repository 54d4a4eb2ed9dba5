import { randomUUID } from 'node:crypto';
import { defineSaga, type SagaShape } from '@counterstep/saga-core/definition';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readShapes, waitingReason } from '../src/read/index.ts';
import { acceptSagas, registerWorker, setWorkerStatus } from '../src/store/index.ts';
import type { Pool } from '../src/tx/index.ts';
import { definitionHash, DefinitionChangedError, registerShapes } from '../src/versions/index.ts';
import { openPools, type TestPools } from './pools.ts';

const work = { run: () => Promise.resolve(null) };
const undone = { ...work, undo: () => Promise.resolve(null) };
const header = (version = 1) => ({ name: 'tour', version, input: z.object({}) });

const tour = (version = 1) =>
  defineSaga(header(version))
    .step('hotel', undone)
    .step('flight', undone)
    .pivot('pay', work)
    .build();

const tuned = defineSaga(header())
  .step('hotel', { ...undone, timeoutMs: 9_000, retry: { maxAttempts: 2 } })
  .step('flight', undone)
  .pivot('pay', work)
  .build();
const grown = defineSaga(header())
  .step('hotel', undone)
  .step('car', undone)
  .step('flight', undone)
  .pivot('pay', work)
  .build();
const shrunk = defineSaga(header()).step('hotel', undone).pivot('pay', work).build();
const moved = defineSaga(header())
  .step('flight', undone)
  .step('hotel', undone)
  .pivot('pay', work)
  .build();
const softer = defineSaga(header())
  .step('hotel', undone)
  .step('flight', undone)
  .step('pay', undone)
  .build();
const parallel = defineSaga(header())
  .parallel('book', (group) => group.step('hotel', undone).step('flight', undone))
  .pivot('pay', work)
  .build();

let pools: TestPools;
let pool: Pool;

beforeAll(async () => {
  pools = await openPools('versions-test');
  ({ pool } = pools);
});
afterAll(() => pools.stop());
beforeEach(async () => {
  await pools.owner.query(
    'truncate saga.instance, saga.event, saga.ready, saga.worker, saga.definition',
  );
});

async function begin(definition = tour()): Promise<string> {
  const saga = { sagaId: randomUUID(), input: {}, actor: 'test' };
  await pool.transaction((tx) => acceptSagas(tx, definition, 'orchestration', [saga]));
  return saga.sagaId;
}

const hashes = () =>
  pool.query<{ version: number; hash: string }>(
    'select version, hash from saga.definition order by version',
  );

describe('the hash of a definition', () => {
  it('does not change when retries and timeouts are tuned, and does with all that counts', () => {
    expect(definitionHash(tuned)).toBe(definitionHash(tour()));
    const others = [tour(2), grown, shrunk, moved, softer, parallel].map(definitionHash);
    expect(new Set([...others, definitionHash(tour())]).size).toBe(7);
  });
});

describe('a definition that has changed under its version', () => {
  it.each<[string, SagaShape, RegExp[]]>([
    ['a step more', grown, [/"car" was added as step 2\./]],
    ['a step less', shrunk, [/: "flight" was removed\./]],
    ['another order', moved, [/"flight" moved from step 2 to 1/, /"hotel" moved from step 1 to 2/]],
    ['another class', softer, [/the class of "pay" was pivot and is compensatable/]],
    ['steps at once', parallel, [/the group of "flight" was none and is book \(undone together\)/]],
  ])('is refused while it has sagas, with what differs: %s', async (_what, changed, clauses) => {
    await registerShapes(pool, [tour()]);
    await begin();
    const before = await hashes();
    const error: unknown = await registerShapes(pool, [tour(3), changed]).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DefinitionChangedError);
    const { message } = error as Error;
    for (const clause of clauses) expect(message).toMatch(clause);
    expect(message).toMatch(/^The saga tour@1 has changed/);
    expect(message).toContain('version 2');
    // Nothing of it is stored, nor of its neighbours.
    expect(await hashes()).toEqual(before);
  });

  it('is taken while it has none', async () => {
    await registerShapes(pool, [tour()]);
    await begin(tour(2));
    await registerShapes(pool, [grown]);
    expect((await readShapes(pool)).get('tour@1')?.map((step) => step.name)).toEqual([
      'hotel',
      'car',
      'flight',
      'pay',
    ]);
  });

  it('is none when only its tuning changed: that is stored', async () => {
    await registerShapes(pool, [tour()]);
    await begin();
    await registerShapes(pool, [tuned]);
    expect((await readShapes(pool)).get('tour@1')?.[0]).toMatchObject({ timeoutMs: 9_000 });
  });

  it('is none when it was stored before there were hashes', async () => {
    await registerShapes(pool, [shrunk]);
    await begin();
    await pools.owner.query(
      `update saga.definition set hash = null, shape = '[{"name":"hotel"},{"name":"pay"}]'`,
    );
    expect((await readShapes(pool)).get('tour@1')).toMatchObject([
      { name: 'hotel', kind: 'operation', stage: 0, group: null },
      { name: 'pay', stage: 1 },
    ]);
    await registerShapes(pool, [tour()]);
    expect(await hashes()).toEqual([{ version: 1, hash: definitionHash(tour()) }]);
  });

  it('is stored once and whole when many workers start at once', async () => {
    await begin();
    const starts = Array.from({ length: 12 }, (_, n) =>
      registerShapes(pool, n % 2 ? [tour(), tour(2)] : [tour(2), tour()]),
    );
    await Promise.all(starts);
    expect(await hashes()).toEqual([
      { version: 1, hash: definitionHash(tour()) },
      { version: 2, hash: definitionHash(tour(2)) },
    ]);
  });

  it('is taken by one of two that start at once, when a saga comes with the first', async () => {
    await begin();
    const results = await Promise.allSettled(
      [tour(), grown].map((definition) => registerShapes(pool, [definition])),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('why a saga waits', () => {
  const register = async (...definitionKeys: string[]) => {
    const id = randomUUID();
    await registerWorker(pool, { id, pid: 1, host: 'test', lockKey: 1n, definitionKeys });
    return id;
  };

  it('is that no live worker runs its version, with what they do run', async () => {
    const sagaId = await begin();
    await register('place-order@1', 'tour@2');
    await register('tour@2');
    expect(await waitingReason(pool, sagaId)).toBe(
      'No live worker runs tour@1 (2 workers run place-order@1, tour@2). ' +
        'Start a worker that has this version; the saga waits meanwhile.',
    );
  });

  it('counts neither the draining, the ended nor the silent', async () => {
    const sagaId = await begin();
    await setWorkerStatus(pool, await register('tour@1'), 'draining');
    await setWorkerStatus(pool, await register('tour@1'), 'stopped');
    const silent = await register('tour@1');
    await pool.query(
      `update saga.worker set heartbeat_at = heartbeat_at - interval '6 seconds' where id = $1`,
      [silent],
    );
    expect(await waitingReason(pool, sagaId)).toMatch(/\(there is no live worker\)/);
    await register('tour@1');
    expect(await waitingReason(pool, sagaId)).toBeUndefined();
  });

  it('is nothing for a saga that is owned, has ended or was never there', async () => {
    const sagaId = await begin();
    await pool.query('delete from saga.ready');
    expect(await waitingReason(pool, sagaId)).toBeUndefined();
    expect(await waitingReason(pool, randomUUID())).toBeUndefined();
  });

  it('is nothing for a choreographed saga with a letter: every worker reads those', async () => {
    const sagaId = await begin();
    await pool.query(`update saga.ready set definition_key = 'choreography-mail'`);
    expect(await waitingReason(pool, sagaId)).toBeUndefined();
  });
});
