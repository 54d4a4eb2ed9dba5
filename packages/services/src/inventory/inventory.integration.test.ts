import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anOrder,
  commandFor,
  run,
  runOne,
  startServices,
  stock,
  type TestServices,
  walk,
  walkBack,
} from '../../test/services.ts';
import { uuidV7 } from '../place-order/ids.ts';

const step = 'inventory.reserve';

describe('inventory operations', () => {
  let services: TestServices;
  beforeAll(async () => {
    services = await startServices();
    await stock(services.owner, { MUG: 1_000, TRAY: 1_000, RARE: 5, LAST: 10, RUSH: 50, PAIR: 40 });
  });
  afterAll(() => services.stop());

  const reservedOf = async (sku: string) => {
    const [row] = await services.databases.inventory.query<{ reserved: number }>(
      'select reserved from stock where sku = $1',
      [sku],
    );
    return row?.reserved;
  };
  const reservationsOf = (sagaId: string) =>
    services.databases.inventory.query(
      'select sku, quantity, status from reservation where saga_id = $1 order by sku',
      [sagaId],
    );

  it('holds all lines of an order and answers with them', async () => {
    const order = anOrder({ TRAY: 3, MUG: 2 });
    const before = [await reservedOf('MUG'), await reservedOf('TRAY')];
    const sagaId = uuidV7();
    expect(await runOne(services, commandFor(sagaId, step, order))).toEqual({
      kind: 'applied',
      output: {
        orderId: order.orderId,
        lines: [
          { sku: 'MUG', quantity: 2 },
          { sku: 'TRAY', quantity: 3 },
        ],
      },
      duplicate: false,
    });
    expect([await reservedOf('MUG'), await reservedOf('TRAY')]).toEqual([
      (before[0] ?? 0) + 2,
      (before[1] ?? 0) + 3,
    ]);
    expect(await reservationsOf(sagaId)).toEqual([
      { sku: 'MUG', quantity: 2, status: 'held' },
      { sku: 'TRAY', quantity: 3, status: 'held' },
    ]);
  });

  it('holds nothing of an order that it cannot hold as a whole', async () => {
    const sagaId = uuidV7();
    const before = await reservedOf('MUG');
    const outcome = await runOne(services, commandFor(sagaId, step, anOrder({ MUG: 1, RARE: 6 })));
    expect(outcome).toEqual({
      kind: 'rejected',
      error: {
        code: 'OUT_OF_STOCK',
        message: 'RARE: 6 wanted, 5 left.',
        details: { sku: 'RARE', wanted: 6, left: 5 },
      },
      duplicate: false,
    });
    expect(await reservedOf('MUG')).toBe(before);
    expect(await reservationsOf(sagaId)).toEqual([]);
  });

  it('closes the key with a rejection: goods that come later do not change the answer', async () => {
    const command = commandFor(uuidV7(), step, anOrder({ RARE: 100 }));
    const first = await runOne(services, command);
    await services.owner.query(`update inventory.stock set on_hand = 200 where sku = 'RARE'`);
    expect(await runOne(services, { ...command, attempt: 2 })).toEqual({
      ...first,
      duplicate: true,
    });
    expect(await runOne(services, { ...command, generation: 2 })).toMatchObject({
      kind: 'applied',
    });
  });

  it('holds nothing for a command that comes after its time limit', async () => {
    const command = commandFor(uuidV7(), step, anOrder({ MUG: 1 }));
    const late = { ...command, notAfter: '2020-01-01T00:00:00.000Z' };
    expect(await runOne(services, late)).toEqual({ kind: 'expired' });
    expect(await reservationsOf(command.sagaId)).toEqual([]);
    // Nothing was written, so the key is still good.
    expect(await runOne(services, command)).toMatchObject({ kind: 'applied', duplicate: false });
  });

  it('holds nothing after it has been undone, not even for a later generation', async () => {
    const order = anOrder({ RARE: 10_000 });
    const command = commandFor(uuidV7(), step, order);
    expect(await runOne(services, command)).toMatchObject({ kind: 'rejected' });
    const undo = commandFor(command.sagaId, step, order, 'compensation');
    expect(await runOne(services, undo)).toMatchObject({ kind: 'null-compensated' });
    await services.owner.query(`update inventory.stock set on_hand = 99999 where sku = 'RARE'`);
    expect(await runOne(services, { ...command, generation: 2 })).toEqual({ kind: 'suppressed' });
    expect(await reservationsOf(command.sagaId)).toEqual([]);
  });

  it('does not hold again what an operator asks for a second time', async () => {
    const command = commandFor(uuidV7(), step, anOrder({ MUG: 1 }));
    const first = await runOne(services, command);
    const before = await reservedOf('MUG');
    const again = await runOne(services, { ...command, generation: 2, attempt: 2 });
    expect(again).toEqual({ ...first, duplicate: true });
    expect(await reservedOf('MUG')).toBe(before);
  });

  it('rejects a product that it does not have', async () => {
    const outcome = await runOne(services, commandFor(uuidV7(), step, anOrder({ NONE: 1 })));
    expect(outcome).toMatchObject({
      kind: 'rejected',
      error: { code: 'UNKNOWN_SKU', details: { sku: 'NONE' } },
    });
  });

  it('repeats its answer, and refuses another request under the same key', async () => {
    const command = commandFor(uuidV7(), step, anOrder({ MUG: 1 }));
    const before = (await reservedOf('MUG')) ?? 0;
    await runOne(services, command);
    expect(await runOne(services, command)).toMatchObject({ kind: 'applied', duplicate: true });
    const other = commandFor(command.sagaId, step, anOrder({ MUG: 9 }));
    expect(await runOne(services, other)).toMatchObject({ error: { code: 'KEY_REUSED' } });
    expect(await reservedOf('MUG')).toBe(before + 1);
  });

  it('gives back exactly what was held, once', async () => {
    const order = anOrder({ MUG: 4, TRAY: 1 });
    const before = [await reservedOf('MUG'), await reservedOf('TRAY')];
    const sagaId = await walk(services, order, [step]);
    await walkBack(services, sagaId, order, [step]);
    const again = commandFor(sagaId, step, order, 'compensation');
    expect(await runOne(services, again)).toMatchObject({ kind: 'applied', duplicate: true });
    expect([await reservedOf('MUG'), await reservedOf('TRAY')]).toEqual(before);
    expect(await reservationsOf(sagaId)).toEqual([
      { sku: 'MUG', quantity: 4, status: 'released' },
      { sku: 'TRAY', quantity: 1, status: 'released' },
    ]);
  });

  it('has nothing to give back after a rejection', async () => {
    const order = anOrder({ NONE: 1 });
    const sagaId = uuidV7();
    await runOne(services, commandFor(sagaId, step, order));
    expect(await runOne(services, commandFor(sagaId, step, order, 'compensation'))).toEqual({
      kind: 'null-compensated',
      duplicate: false,
    });
  });

  it('suppresses an action that comes after its counter-step', async () => {
    const order = anOrder({ MUG: 1 });
    const sagaId = uuidV7();
    const before = await reservedOf('MUG');
    await runOne(services, commandFor(sagaId, step, order, 'compensation'));
    expect(await runOne(services, commandFor(sagaId, step, order))).toEqual({ kind: 'suppressed' });
    expect(await reservedOf('MUG')).toBe(before);
  });

  it('lets the commands of a batch see what those before them took', async () => {
    const commands = [4, 4, 4, 2].map((quantity) =>
      commandFor(uuidV7(), step, anOrder({ LAST: quantity })),
    );
    const outcomes = await run(services, ...commands);
    expect(outcomes.map((o) => (o.kind === 'rejected' ? o.error.message : o.kind))).toEqual([
      'applied',
      'applied',
      'LAST: 4 wanted, 2 left.',
      'applied',
    ]);
    expect(await reservedOf('LAST')).toBe(10);
  });

  it('never sells more than there is, and all that there is, to concurrent batches', async () => {
    const batches = Array.from({ length: 12 }, () =>
      Array.from({ length: 10 }, () => commandFor(uuidV7(), step, anOrder({ RUSH: 1 }))),
    );
    const outcomes = (await Promise.all(batches.map((batch) => run(services, ...batch)))).flat();
    expect(outcomes.filter((outcome) => outcome.kind === 'applied')).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome.kind === 'rejected')).toHaveLength(70);
    expect(await reservedOf('RUSH')).toBe(50);
  });

  it('survives batches that take the same goods in opposite order, and their undoing', async () => {
    const orders = Array.from({ length: 20 }, (_, index) =>
      index % 2 ? anOrder({ PAIR: 1, MUG: 1 }) : anOrder({ MUG: 1, PAIR: 1 }),
    );
    const before = await reservedOf('MUG');
    const sagas = await Promise.all(orders.map((order) => walk(services, order, [step])));
    await Promise.all(
      sagas.map((sagaId, index) => walkBack(services, sagaId, orders[index] ?? anOrder(), [step])),
    );
    expect([await reservedOf('PAIR'), await reservedOf('MUG')]).toEqual([0, before]);
  });

  it('ends consistent when an action and its counter-step race', async () => {
    const before = await reservedOf('MUG');
    for (let round = 0; round < 30; round += 1) {
      const order = anOrder({ MUG: 1 });
      const sagaId = uuidV7();
      const [action, undo] = await Promise.all([
        runOne(services, commandFor(sagaId, step, order)),
        runOne(services, commandFor(sagaId, step, order, 'compensation')),
      ]);
      expect([action.kind, undo.kind]).toBeOneOf([
        ['applied', 'applied'],
        ['suppressed', 'null-compensated'],
      ]);
    }
    expect(await reservedOf('MUG')).toBe(before);
  });
});
