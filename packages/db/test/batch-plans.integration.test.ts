import { randomUUID } from 'node:crypto';
import { definitionKey } from '@counterstep/saga-core/definition';
import { evolve, initialState } from '@counterstep/saga-core/machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Beginning, deleteReady, ownStatements } from '../src/store/begin.ts';
import { dueSql } from '../src/store/claim.ts';
import { createSagaStore } from '../src/store/index.ts';
import { counted } from '../src/tx/counted.ts';
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
  readonly 'Node Type': string;
  readonly Operation?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Parent Relationship'?: string;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Node[];
}

const nodesIn = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesIn)];

/** Pairs of rows that a plan has looked at in vain. */
function pairsIn(plan: Node): number {
  return nodesIn(plan)
    .map((node) => (node['Rows Removed by Join Filter'] ?? 0) * node['Actual Loops'])
    .reduce((sum, pairs) => sum + pairs, 0);
}

/** Tables and indexes that are read from end to end: how long that takes, a plan made today cannot know. */
const readWhole = (plan: Node): string[] =>
  nodesIn(plan)
    .filter((node) => /^(Seq|Index|Index Only|Bitmap Index) Scan$/.test(node['Node Type']))
    .filter((node) => node['Index Cond'] === undefined)
    .flatMap((node) => node['Index Name'] ?? node['Relation Name'] ?? []);

const indexesIn = (plan: Node): string[] =>
  nodesIn(plan).flatMap((node) => node['Index Name'] ?? []);

/** What drives the join that finds the rows to update, as the first of its two inputs. */
function driverOf(plan: Node): string | undefined {
  const update = nodesIn(plan).find((node) => node.Operation === 'Update');
  const outerOf = (node: Node | undefined) =>
    node?.Plans?.find((child) => child['Parent Relationship'] === 'Outer');
  return outerOf(outerOf(update))?.['Node Type'];
}

/** Carries a write out as a pool does, with plans of that kind, but answers nothing and keeps the plan. */
function explaining(
  pool: Pool,
  kind: PlanKind,
): { readonly pool: Pool; readonly seen: { write?: Node; order?: Param } } {
  const seen: { write?: Node; order?: Param } = {};
  async function query<R extends object>(sql: string, params: readonly Param[] = []): Promise<R[]> {
    const plan = await pool.transaction((tx) => explainPrepared<Node>(tx, kind, sql, params));
    if (sql.includes('with updated as')) Object.assign(seen, { write: plan, order: params[1] });
    return [];
  }
  return { pool: { ...pool, query }, seen };
}

/** The statements of a claim of what is due, with plans of that kind. */
function claimPlans(kind: PlanKind, workerId: string): Promise<Node[]> {
  return pools.pool.transaction(async (tx) => {
    const params = [keys, count, new Date(0)];
    const plans = [await explainPrepared<Node>(tx, kind, dueSql, params)];
    const due = await tx.query<Beginning>(dueSql, params);
    expect(due).toHaveLength(count);
    const first = {
      events: [{ ...dispatched, actor: 'w-test' }],
      state: evolve(initialState, dispatched),
    };
    const beginnings = due.map(({ id, seq, status }) => ({ id, seq, status, first }));
    for (const statement of [
      ...ownStatements(workerId, beginnings),
      deleteReady(due.map(({ id }) => id)),
    ]) {
      plans.push(await explainPrepared<Node>(tx, kind, ...counted(statement)));
    }
    return plans;
  });
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

  it.each(planKinds)(
    'that is %s looks rows up one by one, in the order of the batch',
    async (kind) => {
      const workerId = randomUUID();
      await acceptTrips(pools.pool, count);
      const sagas = await createSagaStore(pools.pool, workerId).claim(count, keys);
      expect(sagas).toHaveLength(count);
      const { pool, seen } = explaining(pools.pool, kind);
      const store = createSagaStore(pool, workerId);
      await store.write(sagas.toReversed().map((saga) => writeOf(saga, [dispatched])));
      const written = 'select from saga.instance where seq = 2 and owner = $1';
      expect(await pools.pool.query(written, [workerId])).toHaveLength(count);
      expect(seen.order).toEqual(sagas.map(({ sagaId }) => sagaId).sort());
      await acceptTrips(pools.pool, count);
      const claim = await claimPlans(kind, workerId);
      if (!seen.write) throw new Error('The write was not seen.');
      const plans = [seen.write, ...claim];
      expect(plans.map(pairsIn).reduce((sum, pairs) => sum + pairs)).toBeLessThan(count);
      // Where values are known, so is the size of the table: a small one may be read whole.
      if (kind === 'generic') expect(plans.flatMap(readWhole)).toEqual([]);
      const [, owning] = claim;
      expect([seen.write, owning].map((plan) => plan && driverOf(plan))).toEqual([
        'Function Scan',
        'Function Scan',
      ]);
      expect(indexesIn(seen.write)).toEqual(['instance_pkey']);
    },
  );
});
