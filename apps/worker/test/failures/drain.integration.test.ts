import { launchBatch } from '@counterstep/db/batches';
import { clearFaults, setFault } from '@counterstep/db/faults';
import type { SagaDetail } from '@counterstep/db/read';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isDone, startSystem, type System } from '../system.ts';
import { endVictims, expectSound, startVictim, until, untilEnded, type Victim } from './rig.ts';

/** The target is a second, and the figures are printed; a busy machine takes its time. */
const handoverMsMax = 5_000;

let system: System;
let placed = 0;

beforeAll(async () => {
  system = await startSystem();
});

afterEach(async () => {
  await clearFaults(system.saga);
  await endVictims();
  await expectSound(system, placed);
});

afterAll(async () => {
  await system.stop();
});

const styles = ['orchestration', 'choreography'] as const;

/** ms from SIGTERM to the end of the process, which must be a good one. */
async function drainMs(worker: Victim): Promise<number> {
  const askedMs = Date.now();
  worker.signal('SIGTERM');
  expect(await worker.exited).toBe(0);
  return Date.now() - askedMs;
}

/** Nothing is left with a worker that has ended: no saga, and no partition of an outbox. */
async function expectHandedOver(): Promise<void> {
  const rows = await system.saga.query(
    `select id::text from saga.instance where owner is not null
      union all select source from saga.tracker_cursor where owner is not null`,
  );
  expect(rows).toEqual([]);
}

const at = (step: string, status: string) => (saga: SagaDetail) =>
  saga.steps.some((each) => each.name === step && each.status === status);

describe('a worker that is asked to end', () => {
  it('ends at once when it has nothing to do', async () => {
    const ms = await drainMs(await startVictim(system.url));
    console.log(`drained while idle: ${ms} ms`);
    expect(ms).toBeLessThan(handoverMsMax);
    await expectHandedOver();
  });

  it.each(styles)('%s: waits for the call that is under way, and no longer', async (style) => {
    const worker = await startVictim(system.url);
    const fault = { service: 'payment', operation: 'payment.charge', kind: 'delay' } as const;
    await setFault(system.saga, { ...fault, delayMs: 800, nextCalls: 1 });
    const { sagaId } = await system.place({ style });
    placed += 1;
    await until('the call is under way', async () => {
      const rows = await system.saga.query(
        `select from saga.fault_decision where key like $1 || '%' and kind = 'delay'`,
        [sagaId],
      );
      return rows.length > 0;
    });
    const ms = await drainMs(worker);
    console.log(`${style}: drained during a call of 800 ms: ${ms} ms`);
    expect(ms).toBeLessThan(handoverMsMax);
    await expectHandedOver();
    await startVictim(system.url);
    expect((await system.until(sagaId, isDone)).status).toBe('completed');
    const log = await system.log(sagaId);
    // The answer was waited for: nobody had to ask a second time.
    expect(
      log.filter((e) => e.type === 'StepSucceeded' && e.step === 'payment.charge'),
    ).toHaveLength(1);
    expect(log.filter((e) => e.type === 'StepFailed')).toHaveLength(0);
  });

  it.each(styles)('%s: does not wait for a back-off', async (style) => {
    const worker = await startVictim(system.url);
    const fault = { service: 'payment', operation: 'payment.charge' } as const;
    await setFault(system.saga, { ...fault, kind: 'fail-before-commit', nextCalls: 3 });
    const { sagaId } = await system.place({ style });
    placed += 1;
    await system.until(sagaId, at('payment.charge', 'waiting'));
    const ms = await drainMs(worker);
    console.log(`${style}: drained during a back-off: ${ms} ms`);
    expect(ms).toBeLessThan(handoverMsMax);
    await expectHandedOver();
    await startVictim(system.url);
    expect((await system.until(sagaId, isDone)).status).toBe('completed');
  });

  it.each(styles)('%s: stops between steps, and another one goes on', async (style) => {
    const workers = [await startVictim(system.url), await startVictim(system.url)];
    const launch = { count: 150, style, ratePerSecond: 300, seed: 31 };
    const { batchId } = await launchBatch(system.saga, launch);
    placed += launch.count;
    for (const [index, worker] of workers.entries()) {
      await untilEnded(system, batchId, 40 * (index + 1));
      const ms = await drainMs(worker);
      console.log(`${style}: drained in the middle of a launch: ${ms} ms`);
      expect(ms).toBeLessThan(handoverMsMax);
    }
    await expectHandedOver();
    await startVictim(system.url);
    await untilEnded(system, batchId, launch.count);
  });

  it('ends at once when it is asked twice, and another one takes over', async () => {
    const worker = await startVictim(system.url);
    const fault = { service: 'payment', operation: 'payment.charge', kind: 'hang' } as const;
    // Every call, until it is over: one that the test before left to be delivered again may come first.
    await setFault(system.saga, fault);
    const { sagaId } = await system.place({});
    placed += 1;
    await system.until(sagaId, at('payment.charge', 'dispatched'));
    const next = await startVictim(system.url);
    worker.signal('SIGTERM');
    await until('it drains', async () => {
      const rows = await system.saga.query(
        `select from saga.worker where pid = $1 and status = 'draining'`,
        [worker.pid],
      );
      return rows.length === 1;
    });
    worker.signal('SIGTERM');
    expect(await worker.exited).toBe(1);
    await clearFaults(system.saga);
    const endedMs = Date.now();
    expect((await system.until(sagaId, isDone)).status).toBe('completed');
    console.log(`asked twice: its saga had ended ${Date.now() - endedMs} ms later`);
    expect(await drainMs(next)).toBeLessThan(handoverMsMax);
  });
});
