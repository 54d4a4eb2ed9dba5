import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { requestCancel } from '@counterstep/db/commands';
import { createPool, type Pool } from '@counterstep/db/tx';
import { runAudit } from '@counterstep/services/audit';
import { idsOf, placeOrderChoreography, placeOrderSaga } from '@counterstep/services/place-order';
import { afterAll, beforeAll, expect, describe, it } from 'vitest';
import { createGates } from './gates.ts';
import { untilQuiet } from './quiet.ts';
import { createServices, type Services } from './services.ts';
import { isDone, startSystem, type System } from './system.ts';
import { createWatch, type Seen } from './watch.ts';

/**
 * A cancel against the pivot of a choreographed saga: the pivot's owner decides, by what is first in
 * its effect table. Gates before its calls say who comes first; nobody waits for a time.
 */

const customerId = 'harbour-cafe';
const gates = createGates();
let system: System;
let services: Services;
let everywhere: Pool;

beforeAll(async () => {
  system = await startSystem();
  everywhere = createPool({
    url: system.url,
    searchPath: 'public',
    applicationName: 'race',
    size: 1,
  });
  // A call that is held at a gate has not timed out.
  const steps = placeOrderSaga.steps.map((step) => ({ ...step, timeoutMs: 60_000 }));
  const flow = { ...placeOrderChoreography, definition: { ...placeOrderSaga, steps } };
  services = createServices(system, { flow, around: gates.around });
  await services.start();
});

afterAll(async () => {
  await services.stop();
  await everywhere.end();
  await system.stop();
});

/** An order that has not been placed yet, so that gates can be put up for it. */
function planned(request: Parameters<System['place']>[0] = {}) {
  const idempotencyKey = randomUUID();
  const { sagaId } = idsOf(request.customerId ?? customerId, idempotencyKey);
  const order = { style: 'choreography', customerId, idempotencyKey, ...request } as const;
  return {
    sagaId,
    hold: (what: string) => gates.hold(sagaId, what),
    async place() {
      await system.place(order);
      services.wake();
    },
    async cancel() {
      await requestCancel(system.saga, { sagaId, reason: 'changed my mind', actor: 'ann' });
      services.wake();
    },
  };
}

async function eventsOf(sagaId: string, type: string): Promise<number> {
  return (await system.log(sagaId)).filter((event) => event.type === type).length;
}

async function sent(sagaId: string): Promise<string[]> {
  const rows = await Promise.all(
    [system.databases.order, system.databases.shipment].map((pool) =>
      pool.query<{ type: string }>('select type from outbox where saga_id = $1', [sagaId]),
    ),
  );
  return rows.flat().map(({ type }) => type);
}

async function effectsOf(sagaId: string): Promise<Record<string, string>> {
  const { inventory, payment, shipment } = system.databases;
  const rows = await Promise.all(
    [inventory, payment, shipment].map((pool) =>
      pool.query<{ key: string; outcome: string }>(
        `select step || ' ' || direction as key, outcome from effect where saga_id = $1`,
        [sagaId],
      ),
    ),
  );
  return Object.fromEntries(rows.flat().map(({ key, outcome }) => [key, outcome]));
}

describe('at the owner of the pivot', () => {
  it('a cancel that is first closes the key; the pivot is suppressed and all is undone', async () => {
    const { sagaId, hold, place, cancel } = planned();
    const pivot = hold('shipment.initiate');
    const close = hold('close');
    close.open();
    await place();
    await pivot.arrived;
    await cancel();
    await close.passed;
    pivot.open();
    const end = await system.until(sagaId, isDone);
    await pivot.passed;
    expect(end.status).toBe('compensated');
    expect(await eventsOf(sagaId, 'CancelRefused')).toBe(0);
    expect(await effectsOf(sagaId)).toMatchObject({
      'shipment.initiate action': 'closed',
      'payment.charge compensation': 'applied',
    });
  });

  it('a pivot that is first lets the cancel be refused, and the order completes', async () => {
    const { sagaId, hold, place, cancel } = planned();
    const pivot = hold('shipment.initiate');
    const close = hold('close');
    await place();
    await pivot.arrived;
    await cancel();
    await close.arrived;
    pivot.open();
    await pivot.passed;
    close.open();
    expect((await system.until(sagaId, isDone)).status).toBe('completed');
    expect(await eventsOf(sagaId, 'CancelRefused')).toBe(1);
  });

  it('of fifty pairs let go at once each ends in exactly one way, and its log says which', async () => {
    const watch = createWatch(system.saga);
    const races = Array.from({ length: 50 }, () => {
      const race = planned();
      return { ...race, pivot: race.hold('shipment.initiate'), close: race.hold('close') };
    });
    const ends = await Promise.all(
      races.map(async ({ sagaId, place, cancel, pivot, close }, index) => {
        await place();
        await pivot.arrived;
        await cancel();
        await close.arrived;
        const both = [pivot, close];
        const [first, second] = index % 2 === 0 ? [pivot, close] : [close, pivot];
        first.open();
        // From none to many turns of the event loop between the two.
        for (let turns = 0; turns < index; turns += 1) await setImmediate();
        second.open();
        const isEnd = (seen: Seen) => ['completed', 'compensated'].includes(seen.status);
        const { status } = await watch.until(sagaId, isEnd, 25_000);
        await Promise.all(both.map(({ passed }) => passed));
        return [status, await eventsOf(sagaId, 'CancelRefused')] as const;
      }),
    );
    const legal = [
      ['completed', 1],
      ['compensated', 0],
    ];
    expect(legal).toEqual(expect.arrayContaining(ends));
    const undone = ends.filter(([status]) => status === 'compensated').length;
    process.stdout.write(
      `  cancel against pivot: ${ends.length} races, ${undone} won by the cancel\n`,
    );
  });
});

describe('a cancel', () => {
  it('that is repeated is one cancel', async () => {
    const { sagaId, hold, place, cancel } = planned();
    const pivot = hold('shipment.initiate');
    await place();
    await pivot.arrived;
    // The first may have come to its end before the last is sent: that one is refused, by right.
    const sentCancels = await Promise.allSettled([cancel(), cancel(), cancel()]);
    const refused = sentCancels.flatMap((each) => (each.status === 'rejected' ? each.reason : []));
    expect(refused.map(String).filter((word) => !word.includes('compensated already'))).toEqual([]);
    expect(refused.length).toBeLessThan(3);
    const end = await system.until(sagaId, isDone);
    pivot.open();
    await pivot.passed;
    expect(end.status).toBe('compensated');
    expect((await sent(sagaId)).filter((type) => type === 'ShipmentFailed')).toHaveLength(1);
    expect((await sent(sagaId)).filter((type) => type === 'OrderCancelled')).toHaveLength(1);
  });

  it('of a saga that has turned back by itself changes nothing', async () => {
    // More than this customer may spend.
    const poor = { customerId: 'corner-kiosk', lines: [{ sku: 'WAL-TRAY-02', quantity: 2 }] };
    const { sagaId, hold, place, cancel } = planned(poor);
    const release = hold('inventory.release');
    await place();
    await release.arrived;
    await system.until(sagaId, ({ status }) => status === 'compensating');
    await cancel();
    release.open();
    expect((await system.until(sagaId, isDone)).status).toBe('compensated');
    expect(await sent(sagaId)).not.toContain('ShipmentFailed');
  });

  it('that arrives when the saga has walked back unseen undoes nothing twice', async () => {
    const poor = { customerId: 'corner-kiosk', lines: [{ sku: 'WAL-TRAY-02', quantity: 2 }] };
    const { sagaId, hold, place, cancel } = planned(poor);
    const [charge, close, back] = ['payment.charge', 'close', 'order.cancel'].map(hold);
    if (!charge || !close || !back) throw new Error('A gate is missing.');
    back.open();
    await place();
    await charge.arrived;
    await cancel();
    // While the key is about to be closed nobody writes to the saga's log.
    await close.arrived;
    charge.open();
    await back.passed;
    close.open();
    await close.passed;
    expect((await system.until(sagaId, isDone)).status).toBe('compensated');
    await untilQuiet(everywhere, 20_000);
    expect(await eventsOf(sagaId, 'StepCompensated')).toBe(3);
    expect((await sent(sagaId)).filter((type) => type === 'OrderCancelled')).toHaveLength(1);
  });
});

describe('a forward effect', () => {
  it('that commits after the abort is undone', async () => {
    const { sagaId, hold, place, cancel } = planned();
    const [charge, refund, close] = ['payment.charge', 'payment.refund', 'close'].map(hold);
    if (!charge || !refund || !close) throw new Error('A gate is missing.');
    close.open();
    await place();
    await charge.arrived;
    await cancel();
    await close.passed;
    await refund.arrived;
    charge.open();
    await charge.passed;
    refund.open();
    expect((await system.until(sagaId, isDone)).status).toBe('compensated');
    expect(await eventsOf(sagaId, 'StepSucceeded')).toBe(3);
    expect(await effectsOf(sagaId)).toMatchObject({
      'payment.charge action': 'applied',
      'payment.charge compensation': 'applied',
      'shipment.initiate action': 'closed',
    });
  });

  it('that comes after its undo is suppressed', async () => {
    const { sagaId, hold, place, cancel } = planned();
    const charge = hold('payment.charge');
    await place();
    await charge.arrived;
    await cancel();
    expect((await system.until(sagaId, isDone)).status).toBe('compensated');
    charge.open();
    await charge.passed;
    expect(await effectsOf(sagaId)).toMatchObject({
      'payment.charge action': 'closed',
      'payment.charge compensation': 'null-compensated',
    });
  });
});

it('leaves the books in agreement, and nothing went wrong on the way', async () => {
  const audit = await runAudit({ databases: system.databases, saga: system.saga });
  expect(audit.invariants.flatMap((invariant) => invariant.violations)).toEqual([]);
  expect(services.errors).toEqual([]);
});
