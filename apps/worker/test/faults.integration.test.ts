import { setFault } from '@counterstep/db/faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../src/worker.ts';
import { isDone, startSystem, type System } from './system.ts';

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem();
  worker = createWorker({ main: system.url });
  await worker.start();
});

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

describe('the next N calls', () => {
  it('are N, however many orders come at once', async () => {
    await setFault(system.saga, {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'reject',
      nextCalls: 7,
    });
    const placed = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        system.place({ style: n % 2 === 0 ? 'orchestration' : 'choreography' }),
      ),
    );
    const sagas = await Promise.all(placed.map(({ sagaId }) => system.until(sagaId, isDone)));
    expect(sagas.filter((saga) => saga.status === 'compensated')).toHaveLength(7);
    expect(sagas.filter((saga) => saga.status === 'completed')).toHaveLength(23);
  });
});
