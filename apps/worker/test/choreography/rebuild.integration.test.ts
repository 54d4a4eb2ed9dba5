import { operate, requestCancel } from '@counterstep/db/commands';
import { clearFaults, type NewFault, setFault } from '@counterstep/db/faults';
import type { LogEvent } from '@counterstep/db/read';
import { retireBatch } from '@counterstep/db/retention';
import { flowsOf, rebuildSagas } from '@counterstep/db/tracker';
import { runAudit } from '@counterstep/services/audit';
import { serviceNames } from '@counterstep/services/databases';
import { placeOrderChoreography } from '@counterstep/services/place-order';
import { sagas } from '@counterstep/services/sagas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../../src/worker.ts';
import { untilTold } from '../quiet.ts';
import { isDone, startSystem, type System } from '../system.ts';

const flows = flowsOf([placeOrderChoreography]);
let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem({ apart: true });
  worker = createWorker(system.urls);
  await worker.start();
});

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

const breaks = (operation: string, rest: Pick<NewFault, 'kind'> & Partial<NewFault>) =>
  setFault(system.saga, { service: operation.split('.')[0] ?? '', operation, ...rest });

const rebuild = () =>
  rebuildSagas(
    system.saga,
    flows,
    new Map(serviceNames.map((service) => [service, system.databases[service]])),
  );

/** Everything that readers see of the sagas, but for when it was written. */
async function books(ids: readonly string[]) {
  const found = await Promise.all(ids.map((id) => system.until(id, () => true)));
  const logs = await Promise.all(ids.map((id) => system.log(id)));
  return found.map(({ updatedAt: _written, logGeneration: _raised, ...saga }, index) => ({
    saga,
    log: logs[index]?.map(({ seq: _place, ...event }) => event).toSorted(byContent),
  }));
}

/** Messages that were on their way at once may have come in another order. */
const byContent = (a: Omit<LogEvent, 'seq'>, b: Omit<LogEvent, 'seq'>) =>
  JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;

/** Orders of every kind: good, refused, with lost replies, cancelled, stuck, and stuck and retried. */
async function placeMany(): Promise<string[]> {
  await breaks('inventory.reserve', { kind: 'fail-after-commit', probability: 0.3 });
  await breaks('payment.charge', { kind: 'fail-before-commit', probability: 0.3 });
  await breaks('shipment.initiate', { kind: 'reject', probability: 0.4 });
  // What is told of an attempt after the end of its saga is not in its log, whenever the end comes.
  await breaks('order.confirm', { kind: 'delay', delayMs: 1_000 });
  await breaks('order.cancel', { kind: 'delay', delayMs: 1_000 });
  const usual = await Promise.all(
    Array.from({ length: 30 }, () => system.place({ style: 'choreography' })),
  );
  await Promise.all(usual.map(({ sagaId }) => system.until(sagaId, isDone)));
  await clearFaults(system.saga);
  await breaks('payment.charge', { kind: 'delay', delayMs: 600 });
  const cancelled = await system.place({ style: 'choreography' });
  await system.until(cancelled.sagaId, ({ seq }) => seq > 4);
  await requestCancel(system.saga, { sagaId: cancelled.sagaId, reason: 'no', actor: 'ann' });
  await clearFaults(system.saga);
  await breaks('order.confirm', { kind: 'reject', nextCalls: 2 });
  const [stuck, retried] = await Promise.all([
    system.place({ style: 'choreography' }),
    system.place({ style: 'choreography' }),
  ]);
  await system.until(stuck.sagaId, ({ status }) => status === 'stuck');
  const { seq } = await system.until(retried.sagaId, ({ status }) => status === 'stuck');
  const ask = { sagaId: retried.sagaId, reason: 'again', actor: 'ann', expectedSeq: seq };
  await operate(system.saga, sagas.find, { ...ask, action: 'retry' });
  await system.until(retried.sagaId, ({ status }) => status === 'completed');
  await system.until(cancelled.sagaId, isDone);
  // A saga may end before the last word of an attempt whose reply was lost.
  await untilTold(system, 20_000);
  return [...usual, cancelled, stuck, retried].map(({ sagaId }) => sagaId);
}

describe('logs that are written anew from the outboxes', () => {
  it('are the same, of a generation of their own', async () => {
    const ids = await placeMany();
    const before = await books(ids);
    expect(new Set(before.map(({ saga }) => saga.status))).toEqual(
      new Set(['completed', 'compensated', 'stuck']),
    );
    const { sagas: count, messages, events } = await rebuild();
    expect(count).toBe(ids.length);
    expect(messages).toBeGreaterThan(6 * ids.length);
    expect(events).toBeGreaterThan(messages);
    expect(await books(ids)).toEqual(before);
    expect((await system.until(ids[0] ?? '', () => true)).logGeneration).toBe(1);
    const audit = await runAudit({ databases: system.databases, saga: system.saga });
    expect(audit.invariants.flatMap(({ violations }) => violations)).toEqual([]);
  }, 60_000);

  it('are the same from two rebuilds, place by place', async () => {
    const exact = () =>
      system.saga.query(
        'select saga_id, seq, type, step, attempt, data, actor, message_id, at from saga.event order by 1, 2',
      );
    await rebuild();
    const first = await exact();
    await rebuild();
    expect(await exact()).toEqual(first);
  });

  it('come back where the tracker has lost everything', async () => {
    const { sagaId } = await system.place({ style: 'choreography' });
    await system.until(sagaId, isDone);
    await untilTold(system, 20_000);
    const before = await books([sagaId]);
    await system.saga.query('select saga.forget_logs(array[$1::uuid])', [sagaId]);
    await system.saga.query('delete from saga.instance where id = $1', [sagaId]);
    await rebuild();
    const [after] = await books([sagaId]);
    // When it was asked for with which key stands in the message itself.
    expect(after).toEqual(before[0]);
  });

  it('stay as they are where an outbox has let go of a part of their messages', async () => {
    const { sagaId } = await system.place({ style: 'choreography' });
    await system.until(sagaId, isDone);
    await untilTold(system, 20_000);
    const before = await books([sagaId]);
    await system.databases.payment.query('delete from outbox where saga_id = $1', [sagaId]);
    await rebuild();
    expect(await books([sagaId])).toEqual(before);
  });

  it('do not come back once they are retired', async () => {
    const { sagaId } = await system.place({ style: 'choreography' });
    await system.until(sagaId, isDone);
    await untilTold(system, 20_000);
    await system.saga.query(
      `update saga.instance set finished_at = finished_at - interval '90 days' where id = $1`,
      [sagaId],
    );
    expect(await retireBatch(system.saga, { days: 30, mode: 'delete' })).toBe(1);
    await rebuild();
    const back = await system.saga.query(
      `select id from saga.instance where id = $1
       union all select saga_id from saga.event where saga_id = $1`,
      [sagaId],
    );
    expect(back).toEqual([]);
  });

  it('lose nothing while sagas go on', async () => {
    const placed = await Promise.all(
      Array.from({ length: 40 }, () => system.place({ style: 'choreography' })),
    );
    let isOver = false;
    const again = (async () => {
      while (!isOver) await rebuild();
    })();
    const ends = await Promise.all(placed.map(({ sagaId }) => system.until(sagaId, isDone)));
    isOver = true;
    await again;
    expect(ends.filter(({ status }) => status !== 'completed')).toEqual([]);
    const audit = await runAudit({ databases: system.databases, saga: system.saga });
    expect(audit.invariants.flatMap(({ violations }) => violations)).toEqual([]);
  }, 60_000);
});
