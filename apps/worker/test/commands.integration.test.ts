import { randomUUID } from 'node:crypto';
import { operate, requestCancel, requestPause, requestResume } from '@counterstep/db/commands';
import { clearFaults, type NewFault, setFault } from '@counterstep/db/faults';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sagas } from '@counterstep/services/sagas';
import { createWorker, type Worker } from '../src/worker.ts';
import { isDone, startSystem, type System } from './system.ts';

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem();
  worker = createWorker({ main: system.url });
  await worker.start();
});

afterEach(() => clearFaults(system.saga).then(() => undefined));

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

const styles = ['orchestration', 'choreography'] as const;

async function breaks(
  operation: string,
  rest: Pick<NewFault, 'kind'> & Partial<NewFault>,
): Promise<void> {
  await setFault(system.saga, { service: operation.split('.')[0] ?? '', operation, ...rest });
}

const ask = (sagaId: string) => ({ sagaId, reason: 'as asked', actor: 'operator' });

describe.each(styles)('placing an order (%s)', (style) => {
  it('takes fifty copies of one request as one order', async () => {
    const idempotencyKey = randomUUID();
    const placed = await Promise.all(
      Array.from({ length: 50 }, () => system.place({ style, idempotencyKey })),
    );
    expect(new Set(placed.map((order) => order.orderId)).size).toBe(1);
    expect(placed.filter((order) => !order.duplicate)).toHaveLength(1);
    await system.until(placed[0]?.sagaId ?? '', (saga) => saga.status === 'completed');
    const rows = await system.databases.order.query('select 1 from customer_order where id = $1', [
      placed[0]?.orderId ?? '',
    ]);
    expect(rows).toHaveLength(1);
  });

  it('refuses the key for another request, in this style and in the other', async () => {
    const idempotencyKey = randomUUID();
    await system.place({ style, idempotencyKey });
    const other = { idempotencyKey, lines: [{ sku: 'WAL-TRAY-02', quantity: 2 }] };
    await expect(system.place({ style, ...other })).rejects.toMatchObject({ code: 'KEY_REUSED' });
    const otherStyle = style === 'orchestration' ? 'choreography' : 'orchestration';
    await expect(system.place({ style: otherStyle, idempotencyKey })).rejects.toMatchObject({
      code: 'KEY_REUSED',
    });
  });

  it('refuses a product that does not exist and stores nothing', async () => {
    const count = () => system.saga.query<{ count: string }>('select count(*) from saga.instance');
    const before = await count();
    const lines = [{ sku: 'NO-SUCH-01', quantity: 1 }];
    await expect(system.place({ style, lines })).rejects.toMatchObject({ code: 'UNKNOWN_SKU' });
    expect(await count()).toEqual(before);
  });

  it('walks back when a customer is over the limit, and when stock runs out', async () => {
    const lines = [{ sku: 'WAL-TRAY-02', quantity: 400 }];
    const rich = await system.place({ style, lines });
    const saga = await system.until(rich.sagaId, isDone);
    expect(saga.status).toBe('compensated');
    const sku = await scarceSku();
    const scarce = await Promise.all(
      Array.from({ length: 6 }, () => system.place({ style, lines: [{ sku, quantity: 1 }] })),
    );
    const ends = await Promise.all(scarce.map(({ sagaId }) => system.until(sagaId, isDone)));
    expect(ends.some((end) => end.status === 'compensated')).toBe(true);
    const [left] = await system.databases.inventory.query<{ left: number }>(
      'select min(on_hand - reserved) as left from stock',
    );
    expect(left?.left).toBeGreaterThanOrEqual(0);
  });
});

async function scarceSku(): Promise<string> {
  const [row] = await system.databases.inventory.query<{ sku: string }>(
    'select sku from stock order by on_hand, sku limit 1',
  );
  return row?.sku ?? '';
}

describe.each(styles)('cancelling (%s)', (style) => {
  it('before the pivot undoes everything', async () => {
    await breaks('payment.charge', { kind: 'delay', delayMs: 600 });
    const { sagaId } = await system.place({ style });
    await system.until(sagaId, (saga) =>
      saga.steps.some((s) => s.name === 'payment.charge' && s.status === 'dispatched'),
    );
    await requestCancel(system.saga, ask(sagaId));
    const saga = await system.until(sagaId, isDone);
    expect(saga.status).toBe('compensated');
    const [payment] = await system.databases.payment.query<{ kept: number }>(
      'select amount - refunded as kept from payment where saga_id = $1',
      [sagaId],
    );
    expect(payment?.kept ?? 0).toBe(0);
  });

  it('after the end is refused', async () => {
    const { sagaId } = await system.place({ style });
    await system.until(sagaId, (saga) => saga.status === 'completed');
    await expect(requestCancel(system.saga, ask(sagaId))).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });
});

describe.each(styles)('a stuck saga (%s)', (style) => {
  it('goes on when it is retried, and of several retries one counts', async () => {
    await breaks('order.confirm', { kind: 'reject', nextCalls: 1 });
    const { sagaId } = await system.place({ style });
    const { seq: expectedSeq } = await system.until(sagaId, (saga) => saga.status === 'stuck');
    const retry = () =>
      operate(system.saga, sagas.find, { ...ask(sagaId), action: 'retry', expectedSeq });
    const results = await Promise.allSettled([retry(), retry(), retry()]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    await system.until(sagaId, (saga) => saga.status === 'completed');
    const audit = await system.saga.query('select 1 from saga.audit where saga_id = $1', [sagaId]);
    expect(audit).toHaveLength(3);
  });

  it('is compensated once its counter-step is retried', async () => {
    await breaks('payment.charge', { kind: 'reject', nextCalls: 1 });
    await breaks('inventory.release', { kind: 'reject', nextCalls: 1 });
    const { sagaId } = await system.place({ style });
    const { seq: expectedSeq, direction } = await system.until(
      sagaId,
      (saga) => saga.status === 'stuck',
    );
    expect(direction).toBe('compensation');
    await operate(system.saga, sagas.find, { ...ask(sagaId), action: 'retry', expectedSeq });
    await system.until(sagaId, (saga) => saga.status === 'compensated');
  });
});

describe('a retry with corrected input', () => {
  it('is refused unless it fits the definition and is about the same order', async () => {
    const other = await system.place({});
    await system.until(other.sagaId, (found) => found.status === 'completed');
    await breaks('order.confirm', { kind: 'reject', nextCalls: 1 });
    const { sagaId } = await system.place({});
    const saga = await system.until(sagaId, (found) => found.status === 'stuck');
    const act = { ...ask(sagaId), action: 'retry' as const, expectedSeq: saga.seq };
    const input = saga.input as { orderId: string; total: number };
    const foreign = { ...input, orderId: other.orderId };
    for (const wrong of ['x', null, { total: 1 }, foreign]) {
      const retry = operate(system.saga, sagas.find, { ...act, input: wrong });
      await expect(retry).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
    await operate(system.saga, sagas.find, { ...act, input });
    await system.until(sagaId, (found) => found.status === 'completed');
  });
});

describe.each(styles)('a cancel past the pivot (%s)', (style) => {
  it('is refused while the saga is stuck, and leaves its log alone', async () => {
    await breaks('order.confirm', { kind: 'reject', nextCalls: 1 });
    const { sagaId } = await system.place({ style });
    const { seq, actions } = await system.until(sagaId, (saga) => saga.status === 'stuck');
    expect(actions.find(({ action }) => action === 'cancel')?.disabledBecause).toMatch('no return');
    await expect(requestCancel(system.saga, ask(sagaId))).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    expect(await system.log(sagaId)).toHaveLength(seq);
  });
});

describe('an orchestrated saga', () => {
  it.each(['skip', 'resolve'] as const)('ends resolved after %s', async (action) => {
    await breaks('order.confirm', { kind: 'reject', nextCalls: 1 });
    const { sagaId } = await system.place({});
    const { seq: expectedSeq } = await system.until(sagaId, (saga) => saga.status === 'stuck');
    await operate(system.saga, sagas.find, { ...ask(sagaId), action, expectedSeq });
    await system.until(sagaId, (saga) => saga.status === 'resolved');
  });

  it('rests while it is paused and goes on when it is resumed', async () => {
    await breaks('inventory.reserve', { kind: 'delay', delayMs: 500 });
    const { sagaId } = await system.place({});
    await system.until(sagaId, (saga) =>
      saga.steps.some((s) => s.name === 'inventory.reserve' && s.status === 'dispatched'),
    );
    await requestPause(system.saga, ask(sagaId));
    await system.until(sagaId, (saga) => saga.paused && saga.owner === null);
    await requestResume(system.saga, ask(sagaId));
    await system.until(sagaId, (saga) => saga.status === 'completed');
  });
});
