import { acceptSagas, uuidV7 } from '@counterstep/db/store';
import { createTestDatabase, type TestDatabase } from '@counterstep/db/testing';
import { createPool, type Pool } from '@counterstep/db/tx';
import { placeOrderSaga } from '@counterstep/services/place-order';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { happyOrders } from '../orders.ts';
import { copySagas, endedOrders } from './index.ts';

const originals = 3;

let database: TestDatabase;
let owner: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = createPool({ url: database.url, searchPath: 'public', applicationName: 'copies test' });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const schemas = ['saga', 'orders', 'inventory', 'payment', 'shipment'];

/** Every index and key of the tables, as a line each. */
async function indexes(): Promise<string[]> {
  const rows = await owner.query<{ line: string }>(
    `select i.indexdef || ' ' || coalesce(pg_get_constraintdef(c.oid), '') as line
       from pg_indexes i left join pg_constraint c
         on c.conindid = format('%I.%I', i.schemaname, i.indexname)::regclass
      where i.schemaname = any($1::text[]) order by line`,
    [schemas],
  );
  return rows.map(({ line }) => line);
}

test('copies have ids of their own, are older each time, and keep what belongs together', async () => {
  const kind = happyOrders([{ sku: 'WAL-TRAY-02', unitPrice: 100 }]);
  const sagas = Array.from({ length: originals }, (_, n) => ({
    sagaId: uuidV7(),
    input: kind(n),
    actor: 'test',
  }));
  await owner.transaction((tx) => acceptSagas(tx, placeOrderSaga, 'orchestration', sagas));
  const before = await indexes();
  expect(before.join()).toMatch(/event_saga_id_seq_pk.*PRIMARY KEY/);

  expect(await copySagas(database, endedOrders, 10)).toBe(12);

  expect(await indexes()).toEqual(before);
  const rows = await owner.query<{ id: string; age: number; events: number }>(
    `select i.id, i.business_key, round(extract(epoch from max(i.created_at) over () - i.created_at))::int as age,
            (select count(*)::int from saga.event e where e.saga_id = i.id) as events
       from saga.instance i order by i.id desc`,
  );
  expect(rows).toHaveLength(12);
  expect(rows.map(({ events }) => events)).toEqual(Array.from({ length: 12 }, () => 1));
  expect(rows.map(({ age }) => age)).toEqual([0, 0, 0, 10, 10, 10, 20, 20, 20, 30, 30, 30]);
  const uuid = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/;
  for (const { id } of rows.slice(originals)) expect(id).toMatch(uuid);
});
