import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { definitionKey } from '@counterstep/saga-core/definition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dueSql } from '../src/store/claim.ts';
import { createSagaStore, findGhostOwners } from '../src/store/index.ts';
import type { Pool } from '../src/tx/index.ts';
import { openPools, type TestPools } from './pools.ts';
import { explainPrepared, type PlanKind, planKinds } from './prepared-plan.ts';
import { acceptTrips, trip } from './trip.ts';

const keys = [definitionKey(trip)];
const waiting = 100_000;

let pools: TestPools;
let pool: Pool;
let owner: Pool;

beforeAll(async () => {
  pools = await openPools('claim-test');
  ({ pool, owner } = pools);
  await owner.query('alter table saga.ready set (autovacuum_enabled = false)');
  // Statistics of an empty table, as after a sudden growth: the plan must be right all the same.
  await owner.query('analyze saga.ready');
  await owner.query(
    `insert into saga.ready select gen_random_uuid(), now() + interval '1 year', $1::text
       from generate_series(1, $2::int)`,
    [keys[0] ?? '', waiting],
  );
});
afterAll(() => pools.stop());

interface Node {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plan of a claim, carried out and undone. */
async function explain(kind: PlanKind, since: Date): Promise<Node[]> {
  const plans = await owner
    .transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      throw new Undone(await explainPrepared<Node>(tx, kind, dueSql, [keys, 100, since]));
    })
    .catch((error: unknown) => {
      if (error instanceof Undone) return error.plan;
      throw error;
    });
  return nodesOf(plans);
}

class Undone extends Error {
  readonly plan: Node;
  constructor(plan: Node) {
    super('undone');
    this.plan = plan;
  }
}

describe('a claim beside many sagas that wait for their time', () => {
  it.each(planKinds)('reads what is due by the index of times alone, %s plan', async (kind) => {
    await acceptTrips(pool, 3);
    const nodes = await explain(kind, new Date(0));
    const scan = nodes.find((node) => node['Index Name'] === 'ready_due');
    expect(scan?.['Index Cond']).toMatch(/run_at >= .*run_at <= /);
    expect(scan).toMatchObject({ 'Actual Rows': 3 });
    expect(scan?.['Rows Removed by Filter'] ?? 0).toBe(0);
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    await createSagaStore(pool, randomUUID()).claim(10, keys);
  });

  it('finds a saga at once, and one that became visible far behind within a second or so', async () => {
    const store = createSagaStore(pool, randomUUID());
    const [first] = await acceptTrips(pool, 1);
    expect((await store.claim(10, keys)).map((saga) => saga.sagaId)).toEqual([first]);
    const [late] = await acceptTrips(pool, 1);
    await owner.query(
      `update saga.ready set run_at = run_at - interval '1 hour' where saga_id = $1`,
      [late ?? ''],
    );
    const found: string[] = [];
    for (let look = 0; look < 30 && found.length === 0; look += 1) {
      found.push(...(await store.claim(10, keys)).map((saga) => saga.sagaId));
      await delay(50);
    }
    expect(found).toEqual([late]);
  });

  it('leaves out nothing of a backlog that is claimed in small pieces', async () => {
    const ids = await acceptTrips(pool, 60);
    await owner.query(
      `update saga.ready set run_at = run_at - random() * interval '1 day' where saga_id = any($1::uuid[])`,
      [ids],
    );
    const store = createSagaStore(pool, randomUUID());
    const claimed: string[] = [];
    for (let look = 0; look < 6; look += 1) {
      claimed.push(...(await store.claim(10, keys)).map((saga) => saga.sagaId));
    }
    expect(claimed.toSorted()).toEqual(ids.toSorted());
  });
});

describe('sagas that wait without a row of their own, for a signal say', () => {
  it('are read by nothing that a worker does again and again', async () => {
    await owner.query('alter table saga.instance set (autovacuum_enabled = false)');
    await owner.query('analyze saga.instance');
    await owner.query(
      `insert into saga.instance (id, definition, version, style, status, input, summary, seq)
       select gen_random_uuid(), 'trip', 1, 'orchestration', 'running', '{}', '{}', 5
         from generate_series(1, 20000)`,
    );
    const read = async () => {
      await pool.query('select pg_stat_force_next_flush()');
      const [row] = await owner.query<{ n: string }>(
        `select seq_tup_read + idx_tup_fetch as n from pg_stat_user_tables where relname = 'instance'`,
      );
      return Number(row?.n);
    };
    const store = createSagaStore(pool, randomUUID());
    const before = await read();
    await store.claim(100, keys);
    await store.sagasWithMail();
    await store.releaseStrays([]);
    await findGhostOwners(pool);
    expect((await read()) - before).toBeLessThan(500);
  });
});
