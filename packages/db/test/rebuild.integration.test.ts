import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendMessages } from '../src/bus/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { rebuildSagas } from '../src/tracker/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';
import { flows, story, unknownReport } from './parcel.ts';

let database: TestDatabase;
let pool: Pool;
let store: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  const open = (searchPath: string, role: string) =>
    createPool({ url: database.url, role, searchPath, applicationName: 'rebuild-test' });
  pool = open('saga', 'counterstep_engine');
  store = open('inventory', 'counterstep_inventory');
});

afterAll(async () => {
  await Promise.all([pool.end(), store.end()]);
  await database.drop();
});

it('holds what cannot be folded, and writes the logs of all the others', async () => {
  const [strange, usual] = [randomUUID(), randomUUID()];
  const [first, second, third] = story(strange);
  const bad = unknownReport(second);
  const effect = { ...third, causationId: bad.messageId };
  await appendMessages(store, [first, bad, second, effect, ...story(usual)]);
  const errors: unknown[] = [];
  const services = new Map([['store', store]]);
  const rebuilt = await rebuildSagas(pool, flows, services, { onError: (e) => errors.push(e) });
  expect(rebuilt.sagas).toBe(2);
  expect(errors.map(String)).toEqual([expect.stringContaining(bad.messageId) as unknown]);
  const ends = await pool.query<{ status: string }>(
    'select status from saga.instance where id = any($1::uuid[])',
    [[strange, usual]],
  );
  expect(ends).toEqual([{ status: 'completed' }, { status: 'completed' }]);
  expect(await pool.query('select message_id as id from saga.held_message')).toEqual([
    { id: bad.messageId },
  ]);
});
