import { randomUUID } from 'node:crypto';
import { definitionKey } from '@counterstep/saga-core/definition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSagaStore } from '../src/store/index.ts';
import type { Param, Pool } from '../src/tx/index.ts';
import { openPools, type TestPools } from './pools.ts';
import { explainPrepared, type PlanKind, planKinds } from './prepared-plan.ts';
import { acceptTrips, dispatched, trip, writeOf } from './trip.ts';

const keys = [definitionKey(trip)];
const count = 300;

let pools: TestPools;

beforeAll(async () => {
  pools = await openPools('batch-plans-test');
});
afterAll(() => pools.stop());

interface Node {
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Node[];
}

/** Pairs of rows that a plan has looked at in vain. */
function pairsIn(node: Node): number {
  const own = (node['Rows Removed by Join Filter'] ?? 0) * node['Actual Loops'];
  return (node.Plans ?? []).reduce((sum, child) => sum + pairsIn(child), own);
}

/**
 * Carries statements out as a pool does, with plans of that kind, but answers nothing and counts what
 * the plans compare.
 */
function explaining(
  pool: Pool,
  kind: PlanKind,
): { readonly pool: Pool; readonly pairs: Map<string, number> } {
  const pairs = new Map<string, number>();
  async function query<R extends object>(sql: string, params: readonly Param[] = []): Promise<R[]> {
    const plan = await pool.transaction((tx) => explainPrepared<Node>(tx, kind, sql, params));
    pairs.set(sql.trim().slice(0, 'with write'.length), pairsIn(plan));
    return [];
  }
  return { pool: { ...pool, query }, pairs };
}

/** What the planner knows of the tables: nothing yet, or that they hold many sagas that nobody owns. */
const filled = {
  new: () => Promise.resolve(),
  async analysed() {
    await acceptTrips(pools.owner, 10 * count);
    await pools.owner.query('delete from saga.ready');
    await pools.owner.query('vacuum analyze');
  },
};

describe.each(['new', 'analysed'] as const)('the plan of a batch over %s tables', (age) => {
  beforeAll(() => filled[age]());

  it.each(planKinds)('that is %s compares no two lists, in a write or in a claim', async (kind) => {
    const workerId = randomUUID();
    await acceptTrips(pools.pool, count);
    const sagas = await createSagaStore(pools.pool, workerId).claim(count, keys);
    expect(sagas).toHaveLength(count);
    const { pool, pairs } = explaining(pools.pool, kind);
    const store = createSagaStore(pool, workerId);
    await store.write(sagas.map((saga) => writeOf(saga, [dispatched])));
    const written = 'select from saga.instance where seq = 2 and owner = $1';
    expect(await pools.pool.query(written, [workerId])).toHaveLength(count);
    await acceptTrips(pools.pool, count);
    await store.claim(count, keys);
    expect([...pairs.keys()]).toEqual(expect.arrayContaining(['with write', 'with due a']));
    expect(Math.max(...pairs.values())).toBeLessThan(count);
  });
});
