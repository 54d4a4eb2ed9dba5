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

const step = 'payment.charge';

describe('payment operations', () => {
  let services: TestServices;
  beforeAll(async () => {
    services = await startServices();
    await services.owner.query(`insert into payment.account values ('corner-kiosk', 5000)`);
  });
  afterAll(() => services.stop());

  const paymentOf = async (sagaId: string) => {
    const [row] = await services.databases.payment.query(
      'select amount, refunded from payment where saga_id = $1',
      [sagaId],
    );
    return row;
  };

  it('captures the total of the order', async () => {
    const sagaId = uuidV7();
    const outcome = await runOne(services, commandFor(sagaId, step, anOrder({ MUG: 7 })));
    expect(outcome).toMatchObject({ kind: 'applied', output: { amount: 700 }, duplicate: false });
    expect(await paymentOf(sagaId)).toEqual({ amount: 700, refunded: 0 });
  });

  it('rejects a charge above the limit of the customer, and says what the limit is', async () => {
    const order = anOrder({ MUG: 51 }, { customerId: 'corner-kiosk' });
    const sagaId = uuidV7();
    expect(await runOne(services, commandFor(sagaId, step, order))).toEqual({
      kind: 'rejected',
      error: {
        code: 'LIMIT_EXCEEDED',
        message: '€51.00 is above the limit of €50.00 for corner-kiosk.',
        details: { amount: 5_100, limit: 5_000 },
      },
      duplicate: false,
    });
    expect(await paymentOf(sagaId)).toBeUndefined();
  });

  it('holds customers without an account to the default limit', async () => {
    const outcomes = await run(
      services,
      commandFor(uuidV7(), step, anOrder({ MUG: 5_000 })),
      commandFor(uuidV7(), step, anOrder({ MUG: 5_001 })),
    );
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['applied', 'rejected']);
  });

  it('repeats its answer, and refuses another amount under the same key', async () => {
    const command = commandFor(uuidV7(), step, anOrder());
    const first = await runOne(services, command);
    expect(await runOne(services, command)).toEqual({ ...first, duplicate: true });
    const other = commandFor(command.sagaId, step, anOrder({ MUG: 2 }));
    expect(await runOne(services, other)).toMatchObject({ error: { code: 'KEY_REUSED' } });
    expect(await paymentOf(command.sagaId)).toEqual({ amount: 100, refunded: 0 });
  });

  it('captures once when the same command comes on many connections', async () => {
    const command = commandFor(uuidV7(), step, anOrder());
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => runOne(services, command)));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(Array(8).fill('applied'));
  });

  it('refunds what was captured, once', async () => {
    const order = anOrder({ MUG: 3 });
    const sagaId = await walk(services, order, [step]);
    await walkBack(services, sagaId, order, [step]);
    const again = commandFor(sagaId, step, order, 'compensation');
    expect(await runOne(services, again)).toMatchObject({ kind: 'applied', duplicate: true });
    expect(await paymentOf(sagaId)).toEqual({ amount: 300, refunded: 300 });
  });

  it('suppresses a charge that comes after its refund', async () => {
    const order = anOrder();
    const sagaId = uuidV7();
    expect(await runOne(services, commandFor(sagaId, step, order, 'compensation'))).toEqual({
      kind: 'null-compensated',
      duplicate: false,
    });
    expect(await runOne(services, commandFor(sagaId, step, order))).toEqual({ kind: 'suppressed' });
    expect(await paymentOf(sagaId)).toBeUndefined();
  });

  it('refunds each payment of a batch by its own amount', async () => {
    const orders = [1, 2, 3].map((quantity) => anOrder({ MUG: quantity }));
    const sagas = await Promise.all(orders.map((order) => walk(services, order, [step])));
    await run(
      services,
      ...sagas.map((id, index) => commandFor(id, step, orders[index] ?? anOrder(), 'compensation')),
    );
    expect(await Promise.all(sagas.map(paymentOf))).toEqual([
      { amount: 100, refunded: 100 },
      { amount: 200, refunded: 200 },
      { amount: 300, refunded: 300 },
    ]);
  });

  it('ends consistent when a charge and its refund race', async () => {
    for (let round = 0; round < 30; round += 1) {
      const order = anOrder();
      const sagaId = uuidV7();
      const [action, undo] = await Promise.all([
        runOne(services, commandFor(sagaId, step, order)),
        runOne(services, commandFor(sagaId, step, order, 'compensation')),
      ]);
      expect([action.kind, undo.kind, await paymentOf(sagaId)]).toBeOneOf([
        ['applied', 'applied', { amount: 100, refunded: 100 }],
        ['suppressed', 'null-compensated', undefined],
      ]);
    }
  });
});
