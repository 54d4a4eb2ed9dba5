import type { Pool } from '@counterstep/db/tx';
import { expect, it } from 'vitest';
import {
  anOrder,
  commandFor,
  forward,
  run,
  startServices,
  stock,
  type TestServices,
} from '../test/services.ts';
import { uuidV7 } from './place-order/ids.ts';

/** Enough executions for Postgres to settle on one plan per statement, and to have gone wrong by then. */
const rounds = 12;

/** Every operation, both ways, for a batch of orders. */
async function traffic(services: TestServices): Promise<void> {
  const sagas = Array.from({ length: 20 }, () => ({ sagaId: uuidV7(), order: anOrder() }));
  const [done, undone] = [sagas.slice(0, 10), sagas.slice(10)];
  const batch = (some: typeof sagas, step: string, direction: 'action' | 'compensation') =>
    run(services, ...some.map((s) => commandFor(s.sagaId, step, s.order, direction)));
  for (const step of forward.slice(0, 3)) await batch(sagas, step, 'action');
  for (const step of forward.slice(3)) await batch(done, step, 'action');
  for (const step of forward.slice(0, 3).toReversed()) await batch(undone, step, 'compensation');
}

/** Adds rows that no traffic touches and tells the planner nothing about them. */
const growth = [
  `insert into orders.customer_order select gen_random_uuid(), gen_random_uuid(), 'walk-in', 1, 'pending' from generate_series(1, 20000)`,
  `insert into inventory.reservation select gen_random_uuid(), 'OLD', gen_random_uuid(), 1, 'held' from generate_series(1, 20000)`,
  `insert into payment.payment select gen_random_uuid(), 'p', gen_random_uuid(), 'walk-in', 1, 0, 't' from generate_series(1, 20000)`,
  `insert into shipment.shipment select gen_random_uuid(), gen_random_uuid(), 'c', 1 from generate_series(1, 20000)`,
  ...['orders', 'inventory', 'payment', 'shipment'].map(
    (schema) =>
      `insert into ${schema}.effect select gen_random_uuid(), 's', 'action', 1, null, 'applied', null from generate_series(1, 20000)`,
  ),
];

const large = ['customer_order', 'order_line', 'reservation', 'payment', 'shipment', 'effect'];

/** Rows read, by key or by scanning, by table. Sessions report late unless they are told to. */
async function rowsRead(services: TestServices): Promise<Map<string, number>> {
  const pools: readonly Pool[] = [
    services.databases.order,
    services.databases.inventory,
    services.databases.payment,
    services.databases.shipment,
  ];
  await Promise.all(pools.map((pool) => pool.query('select pg_stat_force_next_flush()')));
  const rows = await services.owner.query<{ name: string; read: string }>(
    `select schemaname || '.' || relname as name, seq_tup_read + idx_tup_fetch as read
       from pg_stat_user_tables where relname = any($1::text[])`,
    [large],
  );
  return new Map(rows.map(({ name, read }) => [name, Number(read)]));
}

it('reads no large table as a whole, although its plans were made when it was small', async () => {
  const services = await startServices(1);
  try {
    for (const sql of large.map((name) => schemaOf(name))) {
      for (const table of sql) {
        await services.owner.query(`alter table ${table} set (autovacuum_enabled = false)`);
      }
    }
    await stock(services.owner, { MUG: 1_000_000 });
    await traffic(services);
    // From here on the planner believes, and its cached plans rest on it, that every table is tiny.
    await services.owner.query('analyze');
    for (let round = 0; round < rounds; round += 1) await traffic(services);
    for (const sql of growth) await services.owner.query(sql);
    const before = await rowsRead(services);
    for (let round = 0; round < rounds; round += 1) await traffic(services);
    const after = await rowsRead(services);
    const scanned = [...after].filter(([name, read]) => read > (before.get(name) ?? 0) + 5_000);
    expect(scanned).toEqual([]);
  } finally {
    await services.stop();
  }
});

function schemaOf(table: string): string[] {
  switch (table) {
    case 'effect':
      return ['orders.effect', 'inventory.effect', 'payment.effect', 'shipment.effect'];
    case 'reservation':
      return ['inventory.reservation'];
    case 'payment':
    case 'shipment':
      return [`${table}.${table}`];
    default:
      return [`orders.${table}`];
  }
}
