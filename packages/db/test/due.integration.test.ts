import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDue } from '../src/read/index.ts';
import { openPools, type TestPools } from './pools.ts';

let pools: TestPools;

beforeAll(async () => {
  pools = await openPools('due-test');
});

afterAll(() => pools.stop());

it('says how many sagas nobody has in hand, and for how long the oldest has been due', async () => {
  const { owner, pool } = pools;
  expect(await readDue(pool)).toMatchObject({ due: 0, oldestMs: null, later: 0 });
  await owner.query(
    `insert into saga.ready (saga_id, run_at, definition_key)
     select gen_random_uuid(), clock_timestamp() + n * interval '1 minute', 'nobody@1'
       from generate_series(-3, 5) n where n <> 0`,
  );
  const { due, oldestMs, later } = await readDue(pool);
  expect({ due, later }).toEqual({ due: 3, later: 5 });
  expect(oldestMs).toBeGreaterThanOrEqual(180_000);
  expect(oldestMs).toBeLessThan(240_000);
});

it('stops counting at its bound', async () => {
  await pools.owner.query(
    `insert into saga.ready (saga_id, run_at, definition_key)
     select gen_random_uuid(), clock_timestamp() + interval '1 hour', 'nobody@1'
       from generate_series(1, 10_100)`,
  );
  const { later, countMax } = await readDue(pools.pool);
  expect(later).toBe(countMax);
});
