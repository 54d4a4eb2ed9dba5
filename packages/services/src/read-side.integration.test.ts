import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anOrder,
  commandFor,
  forward,
  runOne,
  startServices,
  stock,
  type TestServices,
  walk,
  walkBack,
} from '../test/services.ts';
import { listAccounts } from './accounts.ts';
import { listProducts, onHandMax, pricesOf, receiveGoods } from './catalogue.ts';
import { readLedger, readSagaLedger } from './ledger.ts';
import { uuidV7 } from './place-order/ids.ts';

let services: TestServices;
beforeAll(async () => {
  services = await startServices();
  await stock(services.owner, { MUG: 100, TRAY: 100 });
  await services.owner.query(
    `insert into payment.account values ('studio-north', 100), ('atelier-west', 200)`,
  );
});
afterAll(() => services.stop());

describe('the ledger', () => {
  it('shows the rows of a finished order in all services, and who wrote them', async () => {
    const order = anOrder({ MUG: 2, TRAY: 1 });
    const sagaId = await walk(services, order, forward);
    const ledger = await readLedger(services.databases, { orderId: order.orderId });
    const action = (step: string) => ({ step, direction: 'action' });
    expect(ledger).toMatchObject({
      sagaId,
      order: {
        ...order,
        currency: 'EUR',
        status: 'confirmed',
        writtenBy: action('order.confirm'),
      },
      reservations: [
        { sku: 'MUG', quantity: 2, status: 'held', writtenBy: action('inventory.reserve') },
        { sku: 'TRAY', quantity: 1, status: 'held', writtenBy: action('inventory.reserve') },
      ],
      payment: { amount: 300, refunded: 0, writtenBy: action('payment.charge') },
      shipment: { units: 3, status: 'initiated', writtenBy: action('shipment.initiate') },
    });
    expect(ledger?.effects.map((e) => [e.service, e.step, e.outcome])).toEqual([
      ['order', 'order.create', 'applied'],
      ['inventory', 'inventory.reserve', 'applied'],
      ['payment', 'payment.charge', 'applied'],
      ['shipment', 'shipment.initiate', 'applied'],
      ['order', 'order.confirm', 'applied'],
    ]);
  });

  it('shows what the counter-steps have undone', async () => {
    const order = anOrder({ MUG: 1 });
    const undone = ['order.create', 'inventory.reserve', 'payment.charge'];
    const sagaId = await walk(services, order, undone);
    await walkBack(services, sagaId, order, undone.toReversed());
    const ledger = await readLedger(services.databases, order);
    const undo = (step: string) => ({ step, direction: 'compensation' });
    expect(ledger).toMatchObject({
      order: { status: 'cancelled', writtenBy: undo('order.create') },
      reservations: [{ status: 'released', writtenBy: undo('inventory.reserve') }],
      payment: { amount: 100, refunded: 100, writtenBy: undo('payment.charge') },
      shipment: null,
    });
    expect(ledger?.effects).toHaveLength(6);
  });

  it('is null for an order that nobody knows', async () => {
    expect(await readLedger(services.databases, { orderId: uuidV7() })).toBeNull();
  });

  it('shows by saga what became of an order that was never created', async () => {
    const sagaId = uuidV7();
    await runOne(services, commandFor(sagaId, 'order.create', anOrder({ MUG: 1 }, { total: 0 })));
    expect(await readSagaLedger(services.databases, sagaId)).toMatchObject({
      order: null,
      reservations: [],
      payment: null,
      shipment: null,
      effects: [{ service: 'order', step: 'order.create', outcome: 'rejected' }],
    });
  });
});

describe('the catalogue', () => {
  it('lists products with what is there and what is promised', async () => {
    const products = await listProducts(services.databases);
    expect(products.map(({ sku, unitPrice, onHand }) => [sku, unitPrice, onHand])).toEqual([
      ['MUG', 100, 100],
      ['TRAY', 100, 100],
    ]);
  });

  it('receives goods', async () => {
    const product = await receiveGoods(services.databases, { sku: 'TRAY', quantity: 5 });
    expect(product).toMatchObject({ sku: 'TRAY', onHand: 105 });
  });

  it.each([0, -1, 1.5, Number.NaN, onHandMax + 1])(
    'does not receive %d pieces',
    async (quantity) => {
      await expect(
        receiveGoods(services.databases, { sku: 'MUG', quantity }),
      ).rejects.toMatchObject({
        code: 'INVALID_QUANTITY',
      });
    },
  );

  it('does not receive more than it can count', async () => {
    const goods = { sku: 'MUG', quantity: onHandMax };
    await expect(receiveGoods(services.databases, goods)).rejects.toMatchObject({
      code: 'INVALID_QUANTITY',
      message: `There are 100 of MUG; ${onHandMax} more would be over ${onHandMax}.`,
    });
  });

  it('names the products that it does not have', async () => {
    await expect(pricesOf(services.databases, ['MUG', 'X', 'Y'])).rejects.toMatchObject({
      code: 'UNKNOWN_SKU',
      message: 'The catalogue does not have X, Y.',
    });
    await expect(receiveGoods(services.databases, { sku: 'X', quantity: 1 })).rejects.toMatchObject(
      {
        code: 'UNKNOWN_SKU',
      },
    );
    expect(await pricesOf(services.databases, ['MUG'])).toEqual(new Map([['MUG', 100]]));
  });
});

describe('accounts', () => {
  it('lists customers with their limits', async () => {
    expect(await listAccounts(services.databases)).toEqual([
      { customerId: 'atelier-west', paymentLimit: 200 },
      { customerId: 'studio-north', paymentLimit: 100 },
    ]);
  });
});
