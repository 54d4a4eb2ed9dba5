import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anOrder,
  commandFor,
  run,
  runOne,
  startServices,
  type TestServices,
  walk,
  walkBack,
} from '../../test/services.ts';
import { uuidV7 } from '../place-order/ids.ts';

describe('order operations', () => {
  let services: TestServices;
  beforeAll(async () => {
    services = await startServices();
  });
  afterAll(() => services.stop());

  const statusOf = async (orderId: string) => {
    const [row] = await services.databases.order.query<{ status: string }>(
      'select status from customer_order where id = $1',
      [orderId],
    );
    return row?.status;
  };

  it('creates an order with its lines', async () => {
    const order = anOrder({ MUG: 2, TRAY: 1 });
    const outcome = await runOne(services, commandFor(uuidV7(), 'order.create', order));
    expect(outcome).toEqual({
      kind: 'applied',
      output: { orderId: order.orderId, status: 'pending' },
      duplicate: false,
    });
    const lines = await services.databases.order.query(
      'select sku, quantity, unit_price from order_line where order_id = $1 order by position',
      [order.orderId],
    );
    expect(lines).toEqual([
      { sku: 'MUG', quantity: 2, unit_price: 100 },
      { sku: 'TRAY', quantity: 1, unit_price: 100 },
    ]);
  });

  it('rejects a total that is not the sum of the lines', async () => {
    const order = anOrder({ MUG: 2 }, { total: 199 });
    const outcome = await runOne(services, commandFor(uuidV7(), 'order.create', order));
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'TOTAL_MISMATCH' } });
    expect(await statusOf(order.orderId)).toBeUndefined();
  });

  it('answers a repeated command with what it did the first time', async () => {
    const command = commandFor(uuidV7(), 'order.create', anOrder());
    const first = await runOne(services, command);
    expect(await runOne(services, { ...command, attempt: 2 })).toEqual({
      ...first,
      duplicate: true,
    });
  });

  it('refuses another request under the same key and changes nothing', async () => {
    const sagaId = uuidV7();
    const order = anOrder();
    await runOne(services, commandFor(sagaId, 'order.create', order));
    const other = { ...order, customerId: 'harbour-cafe' };
    const outcome = await runOne(services, commandFor(sagaId, 'order.create', other));
    expect(outcome).toMatchObject({ kind: 'transient', error: { code: 'KEY_REUSED' } });
    const [row] = await services.databases.order.query(
      'select customer_id from customer_order where saga_id = $1',
      [sagaId],
    );
    expect(row).toEqual({ customer_id: 'walk-in' });
  });

  it('writes one order when many connections create it at once', async () => {
    const command = commandFor(uuidV7(), 'order.create', anOrder());
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => runOne(services, command)));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(Array(8).fill('applied'));
    const fresh = outcomes.filter((outcome) => outcome.kind === 'applied' && !outcome.duplicate);
    expect(fresh).toHaveLength(1);
  });

  it('confirms a pending order once', async () => {
    const order = anOrder();
    const sagaId = await walk(services, order, ['order.create', 'order.confirm']);
    expect(await statusOf(order.orderId)).toBe('confirmed');
    const again = await runOne(services, commandFor(sagaId, 'order.confirm', order));
    expect(again).toMatchObject({ kind: 'applied', duplicate: true });
  });

  it('does not confirm an order that is cancelled, or one that it does not have', async () => {
    const order = anOrder();
    const sagaId = await walk(services, order, ['order.create']);
    await walkBack(services, sagaId, order, ['order.create']);
    expect(await runOne(services, commandFor(sagaId, 'order.confirm', order))).toMatchObject({
      kind: 'rejected',
      error: { code: 'NOT_PENDING' },
    });
    expect(await runOne(services, commandFor(uuidV7(), 'order.confirm', anOrder()))).toMatchObject({
      kind: 'rejected',
      error: { code: 'UNKNOWN_ORDER' },
    });
  });

  it('cancels what it created, once', async () => {
    const order = anOrder();
    const sagaId = await walk(services, order, ['order.create']);
    await walkBack(services, sagaId, order, ['order.create']);
    expect(await statusOf(order.orderId)).toBe('cancelled');
    const again = commandFor(sagaId, 'order.create', order, 'compensation');
    expect(await runOne(services, again)).toMatchObject({ kind: 'applied', duplicate: true });
  });

  it('refuses to cancel a confirmed order and stores no "no"', async () => {
    const order = anOrder();
    const sagaId = await walk(services, order, ['order.create', 'order.confirm']);
    const outcome = await runOne(
      services,
      commandFor(sagaId, 'order.create', order, 'compensation'),
    );
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'NOT_PENDING' } });
    const effects = await services.databases.order.query(
      `select 1 from effect where saga_id = $1 and direction = 'compensation'`,
      [sagaId],
    );
    expect(effects).toEqual([]);
  });

  it('suppresses an action that comes after its counter-step', async () => {
    const sagaId = uuidV7();
    const order = anOrder();
    const undo = await runOne(services, commandFor(sagaId, 'order.create', order, 'compensation'));
    expect(undo).toEqual({ kind: 'null-compensated', duplicate: false });
    const late = await runOne(services, commandFor(sagaId, 'order.create', order));
    expect(late).toEqual({ kind: 'suppressed' });
    expect(await statusOf(order.orderId)).toBeUndefined();
  });

  it('writes nothing for a command that comes too late', async () => {
    const order = anOrder();
    const late = commandFor(uuidV7(), 'order.create', order, 'action', {
      notAfter: new Date(Date.now() - 1_000).toISOString(),
    });
    expect(await runOne(services, late)).toEqual({ kind: 'expired' });
    expect(await statusOf(order.orderId)).toBeUndefined();
  });

  it('answers each command of a mixed batch on its own', async () => {
    const [done, bad, fresh] = [anOrder(), anOrder({ MUG: 1 }, { total: 1 }), anOrder()];
    const sagaId = await walk(services, done, ['order.create']);
    const outcomes = await run(
      services,
      commandFor(sagaId, 'order.create', done),
      commandFor(uuidV7(), 'order.create', bad),
      commandFor(uuidV7(), 'order.create', fresh),
    );
    expect(outcomes.map((o) => [o.kind, 'duplicate' in o && o.duplicate])).toEqual([
      ['applied', true],
      ['rejected', false],
      ['applied', false],
    ]);
  });

  it('fails only the command whose order id belongs to another saga', async () => {
    const taken = anOrder();
    await walk(services, taken, ['order.create']);
    const outcomes = await run(
      services,
      commandFor(uuidV7(), 'order.create', anOrder()),
      commandFor(uuidV7(), 'order.create', taken),
      commandFor(uuidV7(), 'order.create', anOrder()),
    );
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['applied', 'transient', 'applied']);
  });
});
