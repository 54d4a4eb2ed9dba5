import { randomUUID } from 'node:crypto';
import { acceptSagas } from '@counterstep/db/store';
import { defineSaga, type SagaDefinition } from '@counterstep/saga-core/definition';
import { Rejection } from '@counterstep/saga-core/participant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createWorker, type Worker } from '../src/worker.ts';
import { isDone, startSystem, type System } from './system.ts';

type Mood = 'fine' | 'no-room' | 'flaky' | 'silent' | 'odd';

/** What the outside world saw, by saga. */
const calls: { step: string; key: string; attempt: number }[] = [];
const note = (step: string, { key, attempt }: { key: string; attempt: number }) =>
  calls.push({ step, key, attempt });

/** A trip, without any service of ours: each step calls somebody else's API. */
const trip = defineSaga({
  name: 'trip',
  version: 1,
  input: z.object({ city: z.string(), mood: z.custom<Mood>() }),
  keys: ({ city }) => ({ businessKey: city }),
})
  .step('book-hotel', {
    run: (call) => {
      note('book-hotel', call);
      return Promise.resolve({ room: `${call.input.city}-12` });
    },
    undo: (call) => Promise.resolve(note('cancel-hotel', call)),
  })
  .step('book-flight', {
    timeoutMs: 150,
    retry: { maxAttempts: 3, initialDelayMs: 5 },
    run: async (call) => {
      note('book-flight', call);
      const { mood } = call.input;
      if (mood === 'no-room') throw new Rejection('NO_SEAT', 'The flight is full.');
      if (mood === 'flaky' && call.attempt < 3) throw new Error('503');
      if (mood === 'silent') await new Promise(() => undefined);
      return mood === 'odd' ? { text: 'a\u0000b', nothing: undefined } : { seat: '12A' };
    },
    undo: (call) => Promise.resolve(note('cancel-flight', call)),
  })
  .pivot('pay', {
    run: (call) => {
      note('pay', call);
      return Promise.resolve({ receipt: call.results['book-hotel'].room });
    },
  })
  .build();

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem();
  worker = createWorker({ main: system.url }, [trip]);
  await worker.start();
});

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

async function travel(mood: Mood) {
  const sagaId = randomUUID();
  const saga = { sagaId, input: { city: 'Lisbon', mood }, actor: 'test' };
  await accept(trip, saga);
  const end = await system.until(sagaId, isDone);
  const seen = calls.filter((call) => call.key.startsWith(sagaId));
  return { end, sagaId, steps: seen.map((call) => call.step), seen };
}

function accept<Input>(
  definition: SagaDefinition<Input>,
  saga: { sagaId: string; input: Input; actor: string },
) {
  return system.saga.transaction((tx) => acceptSagas(tx, definition, 'orchestration', [saga]));
}

describe('a saga of plain functions', () => {
  it('completes, each step with the outputs of those before it', async () => {
    const { end, steps } = await travel('fine');
    expect(end.status).toBe('completed');
    expect(steps).toEqual(['book-hotel', 'book-flight', 'pay']);
    expect(end.steps.map((step) => step.output)).toEqual([
      { room: 'Lisbon-12' },
      { seat: '12A' },
      { receipt: 'Lisbon-12' },
    ]);
  });

  it('turns back on a Rejection', async () => {
    const { end, steps } = await travel('no-room');
    expect(end.status).toBe('compensated');
    expect(steps).toEqual(['book-hotel', 'book-flight', 'cancel-hotel']);
  });

  it('tries again after an exception, under the same key', async () => {
    const { end, sagaId, seen } = await travel('flaky');
    expect(end.status).toBe('completed');
    const flights = seen.filter((call) => call.step === 'book-flight');
    expect(flights.map((call) => call.attempt)).toEqual([1, 2, 3]);
    expect(new Set(flights.map((call) => call.key))).toEqual(
      new Set([`${sagaId}/book-flight/action`]),
    );
  });

  it('undoes a step that never answered: it may have happened', async () => {
    const { end, steps } = await travel('silent');
    expect(end.status).toBe('compensated');
    expect(steps.slice(-2)).toEqual(['cancel-flight', 'cancel-hotel']);
  });

  it('stores an output that jsonb would refuse, made storable', async () => {
    const { end } = await travel('odd');
    expect(end.steps[1]?.output).toEqual({ text: 'a\ufffdb' });
  });
});
