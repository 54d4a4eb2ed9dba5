import { requestCancel } from '@counterstep/db/commands';
import { allowLonger } from '@counterstep/db/tx';
import { runAudit } from '@counterstep/services/audit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServices, type Services } from './services.ts';
import { isDone, startSystem, type System } from './system.ts';

/**
 * Choreographed orders while nobody coordinates and nobody looks on: there is no orchestrator in these
 * processes at all, and the tracker is started only when everything is over.
 */

const count = 20;
let system: System;
let unseen: Services;
let sagaIds: string[];
/** Somebody wants to cancel this one, and nobody is there to read it. */
let cancelled: string;

beforeAll(async () => {
  system = await startSystem();
  unseen = createServices(system, { isTracked: false });
  // Before any service runs: what the desk tells the saga database is all that it will hear.
  const placed = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      // Every other one is more than its customer may spend.
      const customerId = index % 2 === 0 ? 'harbour-cafe' : 'corner-kiosk';
      const lines = [{ sku: 'LMP-BRS-01', quantity: 1 }];
      return system.place({ style: 'choreography', customerId, lines });
    }),
  );
  sagaIds = placed.map(({ sagaId }) => sagaId);
  cancelled = sagaIds[0] ?? '';
  await requestCancel(system.saga, { sagaId: cancelled, reason: 'not needed', actor: 'ann' });
  await unseen.start();
  await untilClosed();
});

afterAll(async () => {
  await unseen.stop();
  await system.stop();
});

/** Waits for the order service's own books, since the saga database knows of nothing. */
async function untilClosed(): Promise<void> {
  const deadline = Date.now() + 20_000;
  while ((await statusesOf()).some((status) => status === 'pending')) {
    if (Date.now() > deadline) throw new Error(`Orders are left: ${(await statusesOf()).join()}`);
  }
}

async function statusesOf(): Promise<string[]> {
  const rows = await system.databases.order.query<{ saga_id: string; status: string }>(
    'select saga_id, status from customer_order',
  );
  const statusOf = new Map(rows.map((row) => [row.saga_id, row.status]));
  return sagaIds.map((sagaId) => statusOf.get(sagaId) ?? 'pending');
}

const typesOf = async (sagaId: string) => (await system.log(sagaId)).map(({ type }) => type);

describe('without orchestrator and tracker', () => {
  it('orders end in the books of the services, and the saga database has no news of them', async () => {
    const expected = sagaIds.map((_, index) => (index % 2 === 0 ? 'confirmed' : 'cancelled'));
    expect(await statusesOf()).toEqual(expected);
    const logs = await Promise.all(sagaIds.map(typesOf));
    expect(new Set(logs.map((log) => log.join()))).toEqual(
      new Set(['SagaAccepted,StepDispatched']),
    );
    expect(unseen.errors).toEqual([]);
  });
});

describe('a tracker that starts when all is over', () => {
  it('tells the same stories as one that has looked on, and who was too late', async () => {
    const tracked = createServices(system);
    await system.saga.transaction(async (tx) => {
      await allowLonger(tx, 15_000);
      // Held back until the order is known to be complete: the letter is read last of all.
      await tx.query('select from saga.ready where saga_id = $1 for update', [cancelled]);
      await tracked.start();
      await Promise.all(sagaIds.map((sagaId) => system.until(sagaId, isDone)));
    });
    await system.until(cancelled, ({ seq }) => seq > 13);
    const seen = await system.place({ style: 'choreography' });
    await system.until(seen.sagaId, isDone);
    const whole = await typesOf(seen.sagaId);
    expect(await typesOf(cancelled)).toEqual([...whole, 'CancelRequested', 'CancelRefused']);
    expect(await typesOf(sagaIds[2] ?? '')).toEqual(whole);
    expect((await typesOf(sagaIds[1] ?? '')).at(-1)).toBe('SagaCompensated');
    const audit = await runAudit({ databases: system.databases, saga: system.saga });
    expect(audit.invariants.flatMap((invariant) => invariant.violations)).toEqual([]);
    await tracked.stop();
    expect(tracked.errors).toEqual([]);
  });
});
