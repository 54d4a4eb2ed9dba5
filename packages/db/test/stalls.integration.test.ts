import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendMessages } from '../src/bus/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { type Calm, foldMessages, raiseStalls } from '../src/tracker/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';
import { flows, story, unknownReport } from './parcel.ts';

let database: TestDatabase;
let pool: Pool;
let store: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  const { url } = database;
  const applicationName = 'stalls-test';
  pool = createPool({ url, role: 'counterstep_engine', searchPath: 'saga', applicationName });
  // The tables of any service will do.
  store = createPool({
    url,
    role: 'counterstep_inventory',
    searchPath: 'inventory',
    applicationName,
  });
});

afterAll(async () => {
  await Promise.all([pool.end(), store.end()]);
  await database.drop();
});

/** Sagas that were asked for at that time, and of which nothing has been heard for so many seconds. */
async function silent(count: number, askedMs: number, seconds: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (): string => randomUUID());
  await foldMessages(
    pool,
    flows,
    ids.map((id) => story(id, askedMs)[0]),
  );
  await pool.query(
    `update saga.instance set updated_at = clock_timestamp() - make_interval(secs => $2)
      where id = any($1::uuid[])`,
    [ids, seconds],
  );
  return ids;
}

const look = (at: Pool, calm: Calm = new Map()) =>
  raiseStalls(at, flows, new Map([['store', store]]), { calm });

const hourMs = 3_600_000;

it('an alarm is not hidden behind hundreds that have been silent for longer', async () => {
  await silent(450, Date.now() + hourMs, 60);
  const [late] = await silent(1, Date.now() - hourMs, 30);
  expect((await look(pool)).map(({ sagaId }) => sagaId)).toEqual([late]);
});

it('logs of calm sagas are read once, and again when something has been heard', async () => {
  const [calmId = ''] = await silent(1, Date.now() + hourMs, 60);
  const calm: Calm = new Map();
  const read: string[] = [];
  const watched: Pool = {
    ...pool,
    query: (text, values) => {
      if (text.includes('from saga.event')) read.push(...((values?.[0] ?? []) as string[]));
      return pool.query(text, values);
    },
  };
  await look(watched, calm);
  expect(read.filter((id) => id === calmId).length).toBe(1);
  await look(watched, calm);
  expect(read.filter((id) => id === calmId).length).toBe(1);
  await pool.query(
    `update saga.instance set updated_at = clock_timestamp() - interval '20 s' where id = $1`,
    [calmId],
  );
  await look(watched, calm);
  expect(read.filter((id) => id === calmId).length).toBe(2);
});

it('an alarm is not hidden by an answer that cannot be folded', async () => {
  const sagaId = randomUUID();
  const [asked, packed] = story(sagaId, Date.now() - hourMs);
  const answer = unknownReport(packed);
  await appendMessages(store, [answer]);
  await foldMessages(pool, flows, [asked, answer]);
  await pool.query(
    `update saga.instance set updated_at = clock_timestamp() - interval '90 s' where id = $1`,
    [sagaId],
  );
  expect((await look(pool)).map((stalled) => stalled.sagaId)).toContain(sagaId);
});

it('an alarm is not hidden by a service whose database is away', async () => {
  const away = createPool({
    url: database.url,
    searchPath: 'none',
    applicationName: 'stalls-test',
  });
  await away.end();
  // Silent for longer, and nobody can say what became of it.
  const blind = randomUUID();
  const [asked, packed] = story(blind, Date.now() - hourMs);
  await foldMessages(pool, flows, [asked, packed]);
  await pool.query(
    `update saga.instance set updated_at = clock_timestamp() - interval '90 s' where id = $1`,
    [blind],
  );
  const late = randomUUID();
  const [lost] = story(late, Date.now() - hourMs);
  await appendMessages(store, [lost]);
  await foldMessages(pool, flows, [lost]);
  await pool.query(
    `update saga.instance set updated_at = clock_timestamp() - interval '40 s' where id = $1`,
    [late],
  );
  const services = new Map([
    ['store', store],
    ['carrier', away],
  ]);
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const raised = await raiseStalls(pool, flows, services, { onError });
  expect(raised.map(({ sagaId }) => sagaId)).toEqual([late]);
  expect(errors).toHaveLength(1);
});
