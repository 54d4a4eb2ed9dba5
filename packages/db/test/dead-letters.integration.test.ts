import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  countDeadLetters,
  type DeadLetter,
  type DeadLetterFilter,
  listDeadLetters,
} from '../src/read/index.ts';
import { redriveDeadLetters } from '../src/commands/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';

let database: TestDatabase;
let orders: Pool;
let saga: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  const base = { url: database.url, applicationName: 'dead-letters-test', size: 4 };
  orders = createPool({ ...base, role: 'counterstep_order', searchPath: 'orders' });
  saga = createPool({ ...base, role: 'counterstep_engine', searchPath: 'saga' });
});

beforeEach(async () => {
  await orders.query('delete from parked');
});

afterAll(async () => {
  await Promise.all([orders.end(), saga.end()]);
  await database.drop();
});

interface Parked {
  readonly sagaId?: string;
  readonly type?: string;
  readonly step?: string;
  readonly direction?: 'action' | 'compensation';
  readonly code?: string;
  readonly state?: 'dead' | 'waiting';
  readonly deadForMs?: number;
}

async function parkOne(parked: Parked = {}): Promise<string> {
  const messageId: string = randomUUID();
  await orders.query(
    `insert into parked (message_id, step, direction, saga_id, message, attempts, state, error, due_at)
     values ($1, $2, $3, $4, $5::text::jsonb, 3, $6, $7::text::jsonb,
             clock_timestamp() - make_interval(secs => $8::float8 / 1000))`,
    [
      messageId,
      parked.step ?? 'order.confirm',
      parked.direction ?? 'action',
      parked.sagaId ?? randomUUID(),
      JSON.stringify({ messageId, type: parked.type ?? 'ShipmentInitiated' }),
      parked.state ?? 'dead',
      JSON.stringify({ code: parked.code ?? 'EXPIRED', message: 'It came too late.' }),
      parked.deadForMs ?? 0,
    ],
  );
  return messageId;
}

const list = async (filter: DeadLetterFilter) =>
  (await listDeadLetters(orders, filter, { limit: 50 })).items.map(({ messageId }) => messageId);

const stateOf = async (messageId: string) => {
  const [row] = await orders.query<{ state: string; generation: number; forgiven: number }>(
    'select state, generation, forgiven from parked where message_id = $1',
    [messageId],
  );
  return row;
};

const redrive = (which: Parameters<typeof redriveDeadLetters>[1]['which']) =>
  redriveDeadLetters(
    { saga, service: orders, definitionOf: () => undefined },
    { service: 'order', which, reason: 'looked at it', actor: 'ann' },
  );

const idOf = (messageId: string) => ({
  messageId,
  step: 'order.confirm',
  direction: 'action' as const,
});

async function addInstance(status: string): Promise<string> {
  const id: string = randomUUID();
  await saga.query(
    `insert into saga.instance (id, definition, version, style, status, input, summary, seq)
     values ($1, 'x', 1, 'choreography', $2, '{}', '{"steps":{}}', 2)`,
    [id, status],
  );
  await saga.query(
    `insert into saga.event (saga_id, seq, type, step, attempt, data, actor)
     values ($1, 1, 'SagaAccepted', null, null, $2::text::jsonb, 'api'),
            ($1, 2, 'SagaStuck', null, null, $3::text::jsonb, 'tracker')`,
    [
      id,
      JSON.stringify({ definition: 'x', version: 1, style: 'choreography', input: {} }),
      JSON.stringify({
        direction: 'action',
        step: 'order.confirm',
        error: { code: 'EXPIRED', message: 'It came too late.' },
      }),
    ],
  );
  return id;
}

describe('the list of dead letters', () => {
  it('filters by each of its fields, and leaves out what waits for another attempt', async () => {
    const sagaId = randomUUID();
    const plain = await parkOne();
    await parkOne({ state: 'waiting' });
    const byType = await parkOne({ type: 'Other' });
    const byStep = await parkOne({ step: 'order.create' });
    const byCode = await parkOne({ code: 'NO_STOCK' });
    const bySaga = await parkOne({ sagaId });
    const byAge = await parkOne({ deadForMs: 3_600_000 });
    expect(await list({})).toEqual([plain, byType, byStep, byCode, bySaga, byAge]);
    expect(await list({ type: 'Other' })).toEqual([byType]);
    expect(await list({ step: 'order.create' })).toEqual([byStep]);
    expect(await list({ code: 'NO_STOCK' })).toEqual([byCode]);
    expect(await list({ sagaId })).toEqual([bySaga]);
    expect(await list({ olderThanMs: 1_800_000 })).toEqual([byAge]);
    expect(await countDeadLetters(orders, { code: 'EXPIRED' })).toBe(5);
  });

  it('is paged by key, so that letters which come or go shift nothing', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await parkOne());
    const seen: DeadLetter[] = [];
    let cursor: string | undefined;
    do {
      const page = await listDeadLetters(orders, {}, { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items);
      cursor = page.nextCursor;
      await orders.query('delete from parked where message_id = $1', [seen[0]?.messageId ?? '']);
    } while (cursor !== undefined);
    expect(seen.map(({ messageId }) => messageId)).toEqual(ids);
    expect(seen[0]).toMatchObject({ attempts: 3, error: { code: 'EXPIRED' } });
  });

  it('refuses a cursor that no page has given', async () => {
    await expect(listDeadLetters(orders, {}, { limit: 2, cursor: 'x' })).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });
});

describe('redriving', () => {
  it('sends one again: a higher generation, a fresh budget, an audit row', async () => {
    const sagaId = randomUUID();
    const messageId = await parkOne({ sagaId });
    const other = await parkOne();
    const ids = [idOf(messageId)];
    expect(await redrive({ ids: [...ids, ...ids] })).toEqual({
      redriven: 1,
      skipped: 0,
      more: false,
    });
    expect(await stateOf(messageId)).toEqual({ state: 'waiting', generation: 2, forgiven: 3 });
    expect(await stateOf(other)).toMatchObject({ state: 'dead' });
    const audit = await saga.query(
      'select action, actor, reason, result from saga.audit where saga_id = $1',
      [sagaId],
    );
    const result = 'accepted: ShipmentInitiated for order/order.confirm';
    expect(audit).toEqual([{ action: 'redrive', actor: 'ann', reason: 'looked at it', result }]);
    expect(await redrive({ ids })).toEqual({ redriven: 0, skipped: 1, more: false });
  });

  it('leaves the generation of a counter-step', async () => {
    const messageId = await parkOne({ direction: 'compensation' });
    await redrive({ filter: {} });
    expect(await stateOf(messageId)).toMatchObject({ state: 'waiting', generation: 1 });
  });

  it('sends all that match, more than a batch of them, and no other', async () => {
    await orders.query(
      `insert into parked (message_id, step, direction, saga_id, message, attempts, state, error, due_at)
       select gen_random_uuid(), 'order.confirm', 'action', gen_random_uuid(), '{"type":"T"}', 3, 'dead',
              '{"code":"X"}', clock_timestamp() from generate_series(1, 250)`,
    );
    const other = await parkOne({ code: 'OTHER' });
    expect(await redrive({ filter: { code: 'X' } })).toEqual({
      redriven: 250,
      skipped: 0,
      more: false,
    });
    expect(await list({})).toEqual([other]);
  });

  it('is the retry of a saga that is stuck: its log says so, and its worker redrives', async () => {
    const sagaId = await addInstance('stuck');
    const messageId = await parkOne({ sagaId });
    expect(await redrive({ filter: {} })).toEqual({ redriven: 1, skipped: 0, more: false });
    // Not by itself: the letter goes when the worker reads the act.
    expect(await stateOf(messageId)).toMatchObject({ state: 'dead' });
    const [event] = await saga.query<{ type: string; actor: string }>(
      'select type, actor from saga.event where saga_id = $1 and seq = 3',
      [sagaId],
    );
    expect(event).toEqual({ type: 'OperatorActed', actor: 'ann' });
    const ready = await saga.query('select definition_key from saga.ready where saga_id = $1', [
      sagaId,
    ]);
    expect(ready).toEqual([{ definition_key: 'choreography-mail' }]);
  });
});
