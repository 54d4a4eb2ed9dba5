import { clearFaults, setFault } from '@counterstep/db/faults';
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

describe('a call that hangs', () => {
  it.each(['orchestration', 'choreography'] as const)(
    'is told of once, in the style of %s: the end of a call that was given up says nothing new',
    async (style) => {
      await setFault(system.saga, {
        service: 'payment',
        operation: 'payment.charge',
        kind: 'hang',
        nextCalls: 1,
      });
      const { sagaId } = await system.place({ style });
      await system.until(sagaId, isDone);
      const charge = (await system.log(sagaId)).filter(({ step }) => step === 'payment.charge');
      expect(charge.map(({ type, attempt }) => `${type} ${attempt}`)).toEqual([
        'StepDispatched 1',
        'StepOutcomeUnknown 1',
        'RetryScheduled 2',
        ...(style === 'orchestration' ? ['StepDispatched 2'] : []),
        'StepSucceeded 2',
      ]);
    },
  );
});

it('clearing says how many could still fire', async () => {
  const charge = { service: 'payment', operation: 'payment.charge', kind: 'reject' } as const;
  await setFault(system.saga, { ...charge, nextCalls: 1 });
  const { sagaId } = await system.place({});
  await system.until(sagaId, isDone);
  await setFault(system.saga, charge);
  expect(await clearFaults(system.saga)).toBe(1);
  expect(await clearFaults(system.saga)).toBe(0);
});
