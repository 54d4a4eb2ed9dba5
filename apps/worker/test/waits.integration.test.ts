import { randomUUID } from 'node:crypto';
import { requestCancel, sendSignal, startSaga } from '@counterstep/db/commands';
import { tripSaga } from '@counterstep/example-trip';
import { runAudit } from '@counterstep/services/audit';
import { sagas } from '@counterstep/services/sagas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDone, startSystem, type System } from './system.ts';

let system: System;

beforeEach(async () => {
  system = await startSystem();
});

afterEach(async () => {
  const audit = await runAudit({ databases: system.databases, saga: system.saga });
  await system.stop();
  const violations = audit.invariants.flatMap((invariant) => invariant.violations);
  if (violations.length > 0) throw new Error(JSON.stringify(violations));
});

async function startTrip(): Promise<string> {
  const input = {
    tripId: randomUUID(),
    traveller: 'ann',
    city: 'Lisbon',
    nights: 3,
    budget: 900_000,
  };
  return (await startSaga(system.saga, tripSaga, { input, actor: 'test' })).sagaId;
}

const approve = (sagaId: string, approved = true) =>
  sendSignal(system.saga, sagas.find, {
    sagaId,
    signal: 'approval',
    payload: { approvedBy: 'bob', approved },
    actor: 'bob',
  });

const waitsFor = (what: 'signal' | 'timer') => (saga: Awaited<ReturnType<System['until']>>) =>
  saga.current?.waitsFor === what;

async function isOwned(sagaId: string): Promise<boolean> {
  const [row] = await system.saga.query<{ owned: boolean }>(
    'select owner is not null as owned from saga.instance where id = $1',
    [sagaId],
  );
  return row?.owned ?? false;
}

async function kill(worker: Awaited<ReturnType<System['forkWorker']>>): Promise<void> {
  const exited = new Promise((resolve) => {
    worker.once('exit', resolve);
  });
  worker.kill('SIGKILL');
  await exited;
}

describe('a saga that waits', () => {
  it('for a signal or a time outlives every worker, and nobody holds it meanwhile', async () => {
    const first = await system.forkWorker();
    const sagaId = await startTrip();
    const waiting = await system.until(sagaId, waitsFor('signal'));
    expect(waiting.steps.slice(0, 3).map((step) => step.status)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect(await isOwned(sagaId)).toBe(false);
    await kill(first);
    // Nobody is there to read it: the signal waits.
    await approve(sagaId);
    const second = await system.forkWorker();
    const asleep = await system.until(sagaId, waitsFor('timer'));
    expect(asleep.current?.until).toBeDefined();
    await kill(second);
    await system.forkWorker();
    const end = await system.until(sagaId, isDone);
    expect(end.status).toBe('completed');
    const log = await system.log(sagaId);
    const fired = log.find((event) => event.type === 'TimerFired');
    expect(Date.parse(fired?.at ?? '')).toBeGreaterThanOrEqual(
      Date.parse(asleep.current?.until ?? ''),
    );
    const sent = log.filter((event) => event.type === 'StepDispatched');
    expect(sent.map((event) => event.step)).toEqual(['flight', 'hotel', 'car', 'pay', 'itinerary']);
  }, 60_000);

  it('walks back when the signal says no, and when it is cancelled', async () => {
    await system.forkWorker();
    const [refused, cancelled] = await Promise.all([startTrip(), startTrip()]);
    await Promise.all([refused, cancelled].map((id) => system.until(id, waitsFor('signal'))));
    await approve(refused, false);
    await requestCancel(system.saga, { sagaId: cancelled, reason: 'no more', actor: 'ann' });
    const [no, off] = await Promise.all([refused, cancelled].map((id) => system.until(id, isDone)));
    for (const end of [no, off]) {
      expect(end?.status).toBe('compensated');
      const undone = end?.steps.filter((step) => step.compensation === 'compensated');
      expect(undone?.map((step) => step.name)).toEqual(['flight', 'hotel', 'car']);
    }
  }, 60_000);

  it('for a signal that comes in the moment in which its worker is killed', async () => {
    const sagaIds: string[] = [];
    const first = await system.forkWorker();
    for (let count = 0; count < 20; count += 1) sagaIds.push(await startTrip());
    await system.until(sagaIds[0] ?? '', waitsFor('signal'));
    const answers = Promise.all(sagaIds.map((id) => approve(id, false)));
    await kill(first);
    await answers;
    await system.forkWorker();
    for (const id of sagaIds) expect((await system.until(id, isDone)).status).toBe('compensated');
  }, 60_000);
});
