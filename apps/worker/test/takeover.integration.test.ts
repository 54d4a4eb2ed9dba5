import { once } from 'node:events';
import { getBatch, launchBatch } from '@counterstep/db/batches';
import { setFault } from '@counterstep/db/faults';
import { runAudit } from '@counterstep/services/audit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDone, startSystem, type System } from './system.ts';

let system: System;

beforeEach(async () => {
  system = await startSystem();
});

afterEach(async () => {
  await system.stop();
});

async function progress(batchId: string) {
  const batch = await getBatch(system.saga, batchId);
  if (!batch) throw new Error('The batch vanished.');
  return { ...batch, done: batch.completed + batch.compensated };
}

/** Waits for a launch to come so far. */
async function untilDone(batchId: string, count: number): Promise<void> {
  for (const deadline = Date.now() + 60_000; ;) {
    const { done, ...rest } = await progress(batchId);
    if (done >= count) return;
    if (Date.now() > deadline) throw new Error(`Stopped at ${done}: ${JSON.stringify(rest)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function violations(): Promise<unknown[]> {
  const audit = await runAudit({ databases: system.databases, saga: system.saga });
  return audit.invariants.flatMap((invariant) => invariant.violations);
}

describe.each(['orchestration', 'choreography'] as const)('%s with two workers', (style) => {
  it('loses nothing and doubles nothing when one is killed with -9 in the middle', async () => {
    const first = await system.forkWorker();
    await system.forkWorker();
    const count = 250;
    const { batchId } = await launchBatch(system.saga, { count, style, seed: 7 });
    await untilDone(batchId, 50);
    const killed = once(first, 'exit');
    first.kill('SIGKILL');
    await killed;
    await untilDone(batchId, count);
    const batch = await progress(batchId);
    expect(batch.placed).toBe(count);
    expect(batch.stuck + batch.running + batch.pending + batch.committed).toBe(0);
    expect(await violations()).toEqual([]);
  }, 90_000);
});

describe('a saga in the hands of a worker that is killed with -9', () => {
  it('is moved again by another worker, at the same attempt', async () => {
    await setFault(system.saga, {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'hang',
      nextCalls: 1,
    });
    const first = await system.forkWorker();
    const { sagaId } = await system.place({});
    await system.until(sagaId, (saga) =>
      saga.steps.some((step) => step.name === 'payment.charge' && step.status === 'dispatched'),
    );
    await system.forkWorker();
    const killedMs = Date.now();
    first.kill('SIGKILL');
    const saga = await system.until(sagaId, isDone);
    const log = await system.log(sagaId);
    const claimed = log.find((event) => event.type === 'SagaClaimed');
    console.log(`takeover: claimed after ${Date.parse(claimed?.at ?? '') - killedMs} ms`);
    expect(saga.status).toBe('completed');
    expect(log.filter((e) => e.type === 'SagaClaimed')).toHaveLength(1);
    // A recovery is not an attempt: the same attempt was sent again.
    expect(
      log.filter((e) => e.type === 'StepDispatched' && e.step === 'payment.charge'),
    ).toHaveLength(1);
  }, 60_000);
});

describe('a worker that is asked to end', () => {
  it('hands its sagas over and exits with 0', async () => {
    const first = await system.forkWorker();
    const { batchId } = await launchBatch(system.saga, { count: 200, style: 'both', seed: 3 });
    await untilDone(batchId, 50);
    const exited = once(first, 'exit');
    first.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    const [owned] = await system.saga.query<{ count: string }>(
      'select count(*) from saga.instance where owner is not null',
    );
    expect(owned?.count).toBe('0');
    await system.forkWorker();
    // Each in both styles.
    await untilDone(batchId, 400);
    expect(await violations()).toEqual([]);
  }, 90_000);
});
