import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  countSagas,
  findsMoreThan,
  listCauses,
  listSagas,
  type SagaPage,
} from '../src/read/index.ts';
import { seedSagas, type SeedKind } from '../src/testing/index.ts';
import type { Param, Pool, Queryable } from '../src/tx/index.ts';
import { openPools, type TestPools } from './pools.ts';

const steps = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, ['succeeded', null]]));
const at = { step: 'payment.charge', direction: 'action', attempt: 2 };
const error = { code: 'UNAVAILABLE', message: '503 from provider' };
const orchestration = { style: 'orchestration' } as const;

const kinds: readonly SeedKind[] = [
  { ...orchestration, share: 600, status: 'completed', summary: { steps: steps('order.create') } },
  { style: 'choreography', share: 300, status: 'compensated', summary: { steps: {} } },
  { ...orchestration, share: 90, status: 'running', summary: { steps: {}, at } },
  {
    ...orchestration,
    share: 4,
    status: 'running',
    summary: { steps: {}, at: { ...at, retryAt: '2026-01-01T00:00:00Z' } },
  },
  {
    ...orchestration,
    share: 2,
    status: 'running',
    summary: { steps: {}, at, doubt: ['payment.charge'] },
  },
  {
    ...orchestration,
    share: 1,
    status: 'running',
    summary: { steps: {}, at: { ...at, waitsFor: 'timer' } },
  },
  { ...orchestration, share: 1, status: 'resolved', summary: { steps: {} } },
  {
    ...orchestration,
    share: 1,
    status: 'stuck',
    summary: { steps: {}, direction: 'action', at: { ...at, error } },
  },
  {
    ...orchestration,
    share: 1,
    status: 'stuck',
    summary: {
      steps: {},
      direction: 'compensation',
      at: { ...at, direction: 'compensation', error },
    },
  },
];
const shares = kinds.reduce((sum, { share }) => sum + share, 0);
const count = 100 * shares;

let pools: TestPools;
let pool: Pool;

beforeAll(async () => {
  pools = await openPools('list-test');
  ({ pool } = pools);
  // Statistics of an empty table, as after a sudden growth: plans must be right all the same.
  await pools.owner.query('alter table saga.instance set (autovacuum_enabled = false)');
  await pools.owner.query('analyze saga.instance');
  await seedSagas(pools.owner, {
    count,
    definition: 'place-order',
    version: 1,
    kinds,
    subjects: ['harbour-cafe', 'harbour-inn', 'mill-bakery'],
    correlationId: 'seed',
  });
});
afterAll(() => pools.stop());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** What the statements of a read are, and how each was carried out. */
async function plansOf(read: (db: Queryable) => Promise<unknown>): Promise<Plan[]> {
  const plans: Plan[] = [];
  await pool.transaction(async (tx) => {
    const explaining: Queryable = {
      async query<Row extends object>(sql: string, params: readonly Param[] = []): Promise<Row[]> {
        const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
          `explain (format json) ${sql}`,
          params,
        );
        if (row) plans.push(...nodesOf(row['QUERY PLAN'][0].Plan));
        return tx.query<Row>(sql, params);
      },
    };
    await read(explaining);
  });
  return plans.filter((node) => node['Node Type'] !== 'Limit');
}

const indexesOf = (plans: readonly Plan[]) =>
  new Set(plans.map((node) => node['Index Name']).filter((name) => name !== undefined));

async function pages(page: SagaPage): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await listSagas(pool, {
      ...page,
      limit: 200,
      ...(cursor && { cursor }),
    });
    seen.push(...items.map(({ id }) => id));
    cursor = nextCursor;
  } while (cursor);
  return seen;
}

describe('views', () => {
  it.each([
    ['retrying', 400],
    ['unknown', 200],
    ['waiting', 100],
    ['paused', 0],
    ['stalled', 0],
    ['active', 10_000],
  ] as const)('%s are counted, and the list has as many, once each', async (view, expected) => {
    const counts = await countSagas(pool);
    if (view !== 'active') expect(counts[view]).toBe(expected);
    if (expected > 1_000) return;
    const ids = await pages({ view });
    expect(ids).toHaveLength(expected);
    expect(new Set(ids).size).toBe(expected);
  });

  it('counts all statuses, of all sagas and of one launch', async () => {
    const counts = await countSagas(pool);
    expect(counts).toMatchObject({
      completed: 60_000,
      compensated: 30_000,
      running: 9_700,
      stuck: 200,
      resolved: 100,
      pending: 0,
    });
    expect(await countSagas(pool, { correlationId: 'seed' })).toEqual(counts);
    expect(await countSagas(pool, { correlationId: 'other' })).toMatchObject({
      completed: 0,
      retrying: 0,
    });
  });

  it('puts first what needs somebody, and every saga once, page after page', async () => {
    const ids = await pages({ view: 'active', order: 'urgent' });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(9_900);
    const stuck = await pages({ status: ['stuck'], order: 'oldest' });
    expect(ids.slice(0, stuck.length)).toEqual(stuck);
    const rest = new Set(stuck);
    const oldest = await pages({ view: 'active', order: 'oldest' });
    expect(ids.slice(stuck.length)).toEqual(oldest.filter((id) => !rest.has(id)));
  });

  it('reads what needs somebody by indexes, and the rest in its order', async () => {
    const plans = await plansOf((db) => listSagas(db, { view: 'active', order: 'urgent' }));
    expect(indexesOf(plans)).toContain('instance_active');
    expect(indexesOf(plans)).toContain('instance_stuck');
    const whole = plans.filter((node) => node['Node Type'] === 'Seq Scan');
    expect(whole.map((node) => node['Relation Name'])).not.toContain('instance');
  });

  it('says whether a filter finds more than so many', async () => {
    expect(await findsMoreThan(pool, {}, 50_000)).toBe(true);
    expect(await findsMoreThan(pool, { status: ['stuck'] }, 199)).toBe(true);
    expect(await findsMoreThan(pool, { status: ['stuck'] }, 200)).toBe(false);
    expect(await findsMoreThan(pool, { search: 'nobody-there' }, 0)).toBe(false);
  });

  it('reads what is in flight through its own index, not among all that have ended', async () => {
    for (const view of ['retrying', 'unknown', 'waiting'] as const) {
      const plans = await plansOf((db) => listSagas(db, { view }));
      expect(indexesOf(plans)).toContain('instance_active');
    }
    const resolved = await plansOf((db) => listSagas(db, { status: ['resolved'] }));
    expect(indexesOf(resolved)).toContain('instance_resolved');
    const stuck = await plansOf((db) => listSagas(db, { status: ['stuck'] }));
    expect(indexesOf(stuck)).toContain('instance_stuck');
    const counting = await plansOf((db) => countSagas(db));
    expect([...indexesOf(counting)].sort()).toEqual(['instance_active', 'instance_finished']);
  });
});

describe('a step', () => {
  it('is still written heap-only: no index knows what changes with it', async () => {
    await pools.owner.transaction(async (tx) => {
      await tx.query(
        `update saga.instance set seq = seq + 1, updated_at = clock_timestamp(),
                summary = '{"steps":{},"at":{"step":"a"},"doubt":["a"]}'
          where id = (select id from saga.instance where summary -> 'doubt' is not null limit 1)`,
      );
      const [counted] = await tx.query<{ hot: string }>(
        `select pg_stat_get_xact_tuples_hot_updated('saga.instance'::regclass) as hot`,
      );
      expect(counted?.hot).toBe('1');
    });
  });
});

describe('order', () => {
  it('is by cause, each cause in one piece, oldest first', async () => {
    const { items } = await listSagas(pool, { status: ['stuck'], order: 'cause', limit: 200 });
    expect(items.map(({ direction }) => direction)).toEqual([
      ...Array.from({ length: 100 }, () => 'action'),
      ...Array.from({ length: 100 }, () => 'compensation'),
    ]);
    const created = items.slice(0, 100).map(({ createdAt }) => createdAt);
    expect(created).toEqual(created.toSorted());
  });

  it.each(['newest', 'oldest', 'cause'] as const)(
    '%s pages through all, once each',
    async (order) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listSagas(pool, {
          status: ['stuck'],
          order,
          limit: 30,
          ...(cursor && { cursor }),
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen).size).toBe(200);
      expect(seen).toHaveLength(200);
    },
  );

  it('knows the causes and how many stand at each', async () => {
    expect(await listCauses(pool, {})).toMatchObject([
      {
        step: 'payment.charge',
        direction: 'action',
        code: 'UNAVAILABLE',
        count: 100,
        attemptsMin: 2,
        attemptsMax: 2,
      },
      {
        step: 'payment.charge',
        direction: 'compensation',
        count: 100,
        message: '503 from provider',
      },
    ]);
    expect(await listCauses(pool, { search: 'nobody' })).toEqual([]);
  });

  it('does not give the attempts of one saga to all at its cause', async () => {
    await pools.owner.query(
      `update saga.instance set summary = jsonb_set(summary::jsonb, '{at,attempt}', '1')::json
        where id = (select id from saga.instance where status = 'stuck' order by id limit 1)`,
    );
    const causes = await listCauses(pool, {});
    const spans = causes.map(({ attemptsMin, attemptsMax }) => [attemptsMin, attemptsMax]);
    expect(spans).toContainEqual([1, 2]);
  });
});

describe('a search', () => {
  it('finds a saga by its end, its beginning and as a whole, and an order by its beginning', async () => {
    const [one] = (await listSagas(pool, { limit: 1 })).items;
    const { id = '', businessKey } = one ?? {};
    for (const search of [
      id,
      id.slice(-7),
      id.slice(0, 25),
      id.toUpperCase(),
      businessKey,
      businessKey?.slice(0, 20),
    ]) {
      const { items } = await listSagas(pool, { search: search ?? '' });
      expect(items.map((saga) => saga.id)).toEqual([id]);
    }
  });

  it('finds customers by their beginning, few and many', async () => {
    const many = await listSagas(pool, { search: 'Harbour', limit: 10 });
    expect(many.items.every(({ subject }) => subject?.startsWith('harbour'))).toBe(true);
    expect(many.nextCursor).toBeDefined();
    const stuck = await pages({ search: 'mill-', status: ['stuck'] });
    expect(stuck.length).toBeGreaterThan(0);
    expect(stuck.length).toBeLessThan(200);
  });

  it.each(['nobody', 'abcdef0123', '%', '\\\\', 'x'.repeat(100), '\u{10FFFF}', '-'])(
    'finds nothing for %s, by indexes alone',
    async (search) => {
      let found: unknown;
      const plans = await plansOf(async (db) => {
        found = await listSagas(db, { search });
      });
      expect(found).toEqual({ items: [] });
      expect(plans.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    },
  );
});
