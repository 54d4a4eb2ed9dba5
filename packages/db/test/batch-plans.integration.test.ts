import { randomUUID } from 'node:crypto';
import { definitionKey } from '@counterstep/saga-core/definition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSagaStore } from '../src/store/index.ts';
import type { Param, Pool } from '../src/tx/index.ts';
import { openPools, type TestPools } from './pools.ts';
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

/** Carries statements out as a pool does, but answers nothing and counts what their plans compare. */
function explaining(pool: Pool): { readonly pool: Pool; readonly pairs: Map<string, number> } {
  const pairs = new Map<string, number>();
  async function query<R extends object>(sql: string, params: readonly Param[] = []): Promise<R[]> {
    await pool.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
        `explain (analyze, format json) ${sql}`,
        params,
      );
      const name = sql.trim().slice(0, 'with write'.length);
      if (row) pairs.set(name, pairsIn(row['QUERY PLAN'][0].Plan));
    });
    return [];
  }
  return { pool: { ...pool, query }, pairs };
}

describe('the plan of a batch', () => {
  it('compares no two lists row by row, in a write or in a claim', async () => {
    const workerId = randomUUID();
    await acceptTrips(pools.pool, count);
    const sagas = await createSagaStore(pools.pool, workerId).claim(count, keys);
    expect(sagas).toHaveLength(count);
    const { pool, pairs } = explaining(pools.pool);
    const store = createSagaStore(pool, workerId);
    await store.write(sagas.map((saga) => writeOf(saga, [dispatched])));
    expect(await pools.pool.query('select from saga.instance where seq = 2')).toHaveLength(count);
    await acceptTrips(pools.pool, count);
    await store.claim(count, keys);
    expect([...pairs.keys()]).toEqual(expect.arrayContaining(['with write', 'with due a']));
    expect(Math.max(...pairs.values())).toBeLessThan(count);
  });
});
