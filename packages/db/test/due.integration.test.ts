import { afterAll, beforeAll, expect, it } from 'vitest';
import { dueSql } from '../src/read/due.ts';
import { readDue } from '../src/read/index.ts';
import { openPools, type TestPools } from './pools.ts';
import { explainPrepared, planKinds } from './prepared-plan.ts';

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

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Cond'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

it.each(planKinds)('reads no row that it does not count, by a %s plan', async (kind) => {
  await pools.owner.query('delete from saga.ready where run_at <= clock_timestamp()');
  await pools.owner.query('analyze saga.ready');
  const root = await pools.owner.transaction((tx) =>
    explainPrepared<Plan>(tx, kind, dueSql, [10_000]),
  );
  const scans = nodesOf(root).filter((node) => node['Node Type'].endsWith('Scan'));
  const ofReady = scans.filter((node) => node['Node Type'] !== 'CTE Scan');
  expect(ofReady).toHaveLength(3);
  for (const scan of ofReady) {
    expect(scan['Index Cond']).toContain('run_at');
    expect(scan['Rows Removed by Filter'] ?? 0).toBe(0);
  }
});
