import { defineSaga } from '@counterstep/saga-core/definition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSaga } from '../src/commands/index.ts';
import { createSagaStore } from '../src/store/index.ts';
import type { Pool } from '../src/tx/index.ts';
import { count, openPools, type TestPools } from './pools.ts';
import { trip } from './trip.ts';

const hourMs = 3_600_000;
const input = z.object({ city: z.string().min(2), nights: z.number().default(1) });

const stay = (version: number, rest: { deadlineMs?: number } = {}) =>
  defineSaga({
    name: 'stay',
    version,
    input,
    keys: ({ city }) => ({ businessKey: city }),
    ...rest,
  })
    .pivot('pay', { run: () => Promise.resolve('paid') })
    .build();

const plain = stay(1);
const urgent = stay(2, { deadlineMs: hourMs });

let pools: TestPools;
let pool: Pool;

beforeAll(async () => {
  pools = await openPools('start-test');
  ({ pool } = pools);
});
afterAll(() => pools.stop());

const start = (request: object, definition = plain) =>
  startSaga(pool, definition, { input: { city: 'Lisbon' }, actor: 'api', ...request });

async function rowOf(sagaId: string) {
  const [row] = await pool.query<{
    input: unknown;
    business_key: string;
    correlation_id: string | null;
    deadline_at: Date | null;
    created_at: Date;
    data: { deadlineAt?: string; idempotencyKey?: string };
  }>(
    `select i.*, e.data from saga.instance i join saga.event e on e.saga_id = i.id and e.seq = 1
      where i.id = $1`,
    [sagaId],
  );
  if (!row) throw new Error(`No saga ${sagaId}.`);
  return row;
}

describe('a start', () => {
  it('makes a claimable saga of what the schema makes of its input', async () => {
    const { sagaId, duplicate } = await start({ correlationId: 'tour-1' });
    expect(duplicate).toBe(false);
    expect(sagaId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(await rowOf(sagaId)).toMatchObject({
      input: { city: 'Lisbon', nights: 1 },
      business_key: 'Lisbon',
      correlation_id: 'tour-1',
    });
    const claimed = await createSagaStore(pool, sagaId).claim(10, ['stay@1']);
    expect(claimed.map((saga) => saga.sagaId)).toContain(sagaId);
  });

  it.each([
    [{ city: 'L' }, /^input\.city: /],
    [{}, /^input\.city: /],
    ['Lisbon', /^input: /],
  ])('of bad input stores nothing and says what to change: %j', async (bad, message) => {
    const before = await count(pool, 'saga.instance');
    await expect(start({ input: bad, idempotencyKey: 'bad' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message) as string,
    });
    expect(await count(pool, 'saga.instance')).toBe(before);
    expect(await count(pool, `saga.idempotency where key like '%bad'`)).toBe(0);
  });

  it.each(['', ' ', 'x'.repeat(201), 'a\u0000b', '\ud800'])(
    'refuses the key %j',
    async (idempotencyKey) => {
      await expect(start({ idempotencyKey })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );

  it('keeps text that jsonb would refuse, made storable', async () => {
    const { sagaId } = await start({ input: { city: 'a\u0000b' } });
    expect(await rowOf(sagaId)).toMatchObject({
      input: { city: 'a\ufffdb' },
      business_key: 'a\ufffdb',
    });
  });
});

describe('a key', () => {
  it('gives one saga to fifty starts at once', async () => {
    const starts = await Promise.all(
      Array.from({ length: 50 }, () => start({ idempotencyKey: 'fifty' })),
    );
    expect(new Set(starts.map(({ sagaId }) => sagaId)).size).toBe(1);
    expect(starts.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    const id = starts[0]?.sagaId ?? '';
    expect(await count(pool, 'saga.event where saga_id = $1', [id])).toBe(1);
    expect((await rowOf(id)).data.idempotencyKey).toBe('fifty');
  });

  it('of another input is refused, whichever of two comes first', async () => {
    const results = await Promise.allSettled(
      ['Lisbon', 'Porto'].map((city) => start({ input: { city }, idempotencyKey: 'either' })),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'KEY_REUSED' } }]);
    expect(await count(pool, `saga.idempotency where key like '%/either'`)).toBe(1);
  });

  it('means what the client sent, whatever a schema or another version makes of it', async () => {
    const sent = { input: { city: 'Lisbon' }, idempotencyKey: 'same' };
    const first = await start(sent);
    expect(await start(sent, urgent)).toEqual({ ...first, duplicate: true });
    // A schema that takes nothing: it must not even be asked.
    const stricter = { ...plain, input: z.never() } as unknown as typeof plain;
    expect(await start(sent, stricter)).toEqual({ ...first, duplicate: true });
    const written = { ...sent, input: { nights: 1, city: 'Lisbon' } };
    await expect(start(written)).rejects.toMatchObject({ code: 'KEY_REUSED' });
  });

  it('is another one for another definition', async () => {
    await start({ idempotencyKey: 'shared' });
    const other = await startSaga(pool, trip, {
      input: { city: 'Porto' },
      idempotencyKey: 'shared',
      actor: 'api',
    });
    expect(other.duplicate).toBe(false);
  });
});

describe('a deadline', () => {
  it('is the same instant in the row, in the log and in the claim', async () => {
    const { sagaId } = await start({}, urgent);
    const row = await rowOf(sagaId);
    expect(row.data.deadlineAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(row.deadline_at?.toISOString()).toBe(row.data.deadlineAt);
    const [exact] = await pool.query<{ same: boolean }>(
      'select deadline_at = $2::text::timestamptz as same from saga.instance where id = $1',
      [sagaId, row.data.deadlineAt ?? ''],
    );
    expect(exact?.same).toBe(true);
    const inMs = Date.parse(row.data.deadlineAt ?? '') - row.created_at.getTime();
    expect(Math.abs(inMs - hourMs)).toBeLessThan(1_000);
    const claimed = await createSagaStore(pool, sagaId).claim(100, ['stay@2']);
    expect(claimed.find((saga) => saga.sagaId === sagaId)?.deadlineAt).toBe(row.data.deadlineAt);
  });

  it('is nowhere when the definition has none', async () => {
    const { sagaId } = await start({});
    const row = await rowOf(sagaId);
    expect([row.deadline_at, 'deadlineAt' in row.data]).toEqual([null, false]);
    const claimed = await createSagaStore(pool, sagaId).claim(100, ['stay@1']);
    expect(claimed.find((saga) => saga.sagaId === sagaId)?.deadlineAt).toBeNull();
  });
});
