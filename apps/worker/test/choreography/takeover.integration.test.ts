import { operate, requestCancel, takeOver } from '@counterstep/db/commands';
import { clearFaults, type NewFault, setFault } from '@counterstep/db/faults';
import { runAudit } from '@counterstep/services/audit';
import { sagas } from '@counterstep/services/sagas';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../../src/worker.ts';
import { isDone, startSystem, type System } from '../system.ts';

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem({ apart: true });
  worker = createWorker(system.urls);
  await worker.start();
});

afterEach(() => clearFaults(system.saga).then(() => undefined));

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

const breaks = (operation: string, rest: Pick<NewFault, 'kind'> & Partial<NewFault>) =>
  setFault(system.saga, { service: operation.split('.')[0] ?? '', operation, ...rest });

/** As an operator would: one who finds that the saga has moved on meanwhile looks again. */
async function take(sagaId: string): Promise<void> {
  for (;;) {
    const { seq } = await system.until(sagaId, () => true);
    const ask = { sagaId, reason: 'it hangs', actor: 'ann', expectedSeq: seq };
    try {
      return await takeOver(system.saga, sagas.find, ask);
    } catch (error) {
      if ((error as { code?: string }).code !== 'CONFLICT') throw error;
    }
  }
}

/** False when it has ended first. */
async function takeIfItMoves(sagaId: string): Promise<boolean> {
  try {
    await take(sagaId);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'NOT_ALLOWED') return false;
    throw error;
  }
}

/** Until the service has put this saga's message aside: an attempt is under way. */
async function parked(service: 'payment' | 'inventory' | 'order', sagaId: string): Promise<void> {
  for (const deadline = Date.now() + 10_000; ;) {
    const rows = await system.databases[service].query('select 1 from parked where saga_id = $1', [
      sagaId,
    ]);
    if (rows.length > 0) return;
    if (Date.now() > deadline) throw new Error(`Nothing is parked at ${service}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function violations(): Promise<unknown[]> {
  const audit = await runAudit({ databases: system.databases, saga: system.saga });
  return audit.invariants.flatMap((invariant) => invariant.violations);
}

const typesOf = async (sagaId: string) => (await system.log(sagaId)).map(({ type }) => type);

describe('a choreographed saga that is taken over', () => {
  it('goes on forward on the same log, whatever its service still does late', async () => {
    await breaks('payment.charge', { kind: 'hang', nextCalls: 1 });
    const { sagaId } = await system.place({ style: 'choreography' });
    await parked('payment', sagaId);
    await take(sagaId);
    const saga = await system.until(sagaId, isDone);
    expect(saga).toMatchObject({ status: 'completed', style: 'choreography', takenOver: true });
    const types = await typesOf(sagaId);
    expect(types).toContain('SagaTakenOver');
    expect(types.filter((type) => type === 'ServicesFenced')).toHaveLength(1);
    expect(types.filter((type) => type === 'SagaAccepted')).toHaveLength(1);
    // The hung attempt comes back after its timeout; nobody waits for it, and it parks nothing.
    await worker.stop();
    worker = createWorker(system.urls);
    await worker.start();
    const left = await system.databases.payment.query('select 1 from parked where saga_id = $1', [
      sagaId,
    ]);
    expect(left).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it('goes on backward where its services had turned back', async () => {
    await breaks('payment.charge', { kind: 'reject', nextCalls: 1 });
    await breaks('inventory.release', { kind: 'hang', nextCalls: 1 });
    const { sagaId } = await system.place({ style: 'choreography' });
    await parked('inventory', sagaId);
    await take(sagaId);
    expect((await system.until(sagaId, isDone)).status).toBe('compensated');
    expect(await violations()).toEqual([]);
  });

  it('may be cancelled then: it has a coordinator', async () => {
    await breaks('payment.charge', { kind: 'delay', delayMs: 700 });
    const { sagaId } = await system.place({ style: 'choreography' });
    await parked('payment', sagaId);
    await take(sagaId);
    await requestCancel(system.saga, { sagaId, reason: 'no longer', actor: 'ann' });
    expect((await system.until(sagaId, isDone)).status).toBe('compensated');
    expect(await violations()).toEqual([]);
  });

  it('can be mended by hand when it gets stuck: skip and settle are possible now', async () => {
    await breaks('order.confirm', { kind: 'reject' });
    const { sagaId } = await system.place({ style: 'choreography' });
    const stuck = await system.until(sagaId, ({ status }) => status === 'stuck');
    const skip = { sagaId, reason: 'told by phone', actor: 'ann', action: 'skip' } as const;
    await expect(
      operate(system.saga, sagas.find, { ...skip, expectedSeq: stuck.seq }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await take(sagaId);
    const again = await system.until(
      sagaId,
      // Stuck anew: the takeover itself is one event.
      ({ status, seq, owner }) => status === 'stuck' && seq > stuck.seq + 1 && owner === null,
    );
    await operate(system.saga, sagas.find, { ...skip, expectedSeq: again.seq });
    expect((await system.until(sagaId, ({ status }) => status === 'resolved')).takenOver).toBe(
      true,
    );
  });

  it('is refused to a second one, to one that has ended, and to one that never was without', async () => {
    const { sagaId } = await system.place({ style: 'orchestration' });
    await system.until(sagaId, isDone);
    await expect(take(sagaId)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await breaks('payment.charge', { kind: 'hang', nextCalls: 1 });
    const other = await system.place({ style: 'choreography' });
    await parked('payment', other.sagaId);
    const { seq } = await system.until(other.sagaId, () => true);
    const ask = { sagaId: other.sagaId, reason: 'both', actor: 'ann', expectedSeq: seq };
    const both = await Promise.allSettled([
      takeOver(system.saga, sagas.find, ask),
      takeOver(system.saga, sagas.find, ask),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(take(other.sagaId)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await system.until(other.sagaId, isDone)).status).toBe('completed');
    const rows = await system.saga.query(
      `select 1 from saga.audit where saga_id = $1 and action = 'takeOver'`,
      [other.sagaId],
    );
    expect(rows).toHaveLength(3);
  });
});

describe('many sagas that are taken over at any moment', () => {
  it('end with no effect lost or doubled', async () => {
    const slowly = { kind: 'delay', delayMs: 150, probability: 0.7 } as const;
    await breaks('order.create', slowly);
    await breaks('inventory.reserve', slowly);
    await breaks('payment.refund', slowly);
    await breaks('payment.charge', { kind: 'fail-after-commit', probability: 0.5 });
    await breaks('shipment.initiate', { kind: 'reject', probability: 0.5 });
    await breaks('order.confirm', slowly);
    await breaks('inventory.release', { kind: 'fail-before-commit', probability: 0.3 });
    const placed: string[] = [];
    let taken = 0;
    // Each at another point of its way. A few at a time: a test that is late meets only ends.
    const lane = async (first: number) => {
      for (let index = first; index < 60; index += 6) {
        const { sagaId } = await system.place({ style: 'choreography' });
        placed.push(sagaId);
        await system.until(sagaId, ({ seq }) => seq > index % 12);
        if (await takeIfItMoves(sagaId)) taken += 1;
      }
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map(lane));
    const ends = await Promise.all(placed.map((sagaId) => system.until(sagaId, isDone)));
    expect(taken).toBeGreaterThan(10);
    expect(ends.filter(({ status }) => status === 'stuck')).toEqual([]);
    expect(new Set(ends.map(({ status }) => status))).toEqual(
      new Set(['completed', 'compensated']),
    );
    expect(await violations()).toEqual([]);
  }, 60_000);
});
