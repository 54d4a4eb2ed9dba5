import { defineSaga } from '@counterstep/saga-core/definition';
import type { SagaStore } from '@counterstep/saga-core/engine';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createCluster } from '../src/cluster/index.ts';
import { accept, type MemoryDatabase, memoryStore, sendLetter } from '../src/memory/index.ts';
import { createSimulation } from '../src/time/index.ts';

const done = () => Promise.resolve(null);
const saga = defineSaga({ name: 'two', version: 1, input: z.object({}) })
  .step('a', { run: done, undo: done })
  .step('b', { run: done, undo: done })
  .build();

/** Refuses for good whatever says that step `b` is about to be tried. */
function refusing(database: MemoryDatabase, workerId: string): SagaStore {
  const store = memoryStore(database, workerId);
  return {
    ...store,
    async write(writes) {
      const isRefused = ({ events }: (typeof writes)[number]) =>
        events.some((event) => event.type === 'StepDispatched' && event.step === 'b');
      const results = await store.write(writes.filter((write) => !isRefused(write)));
      const next = results.values();
      const error = { code: 'UNSTORABLE', message: 'Not this one.' };
      return writes.map((write) =>
        isRefused(write)
          ? { kind: 'unstorable' as const, error }
          : (next.next().value ?? { kind: 'lost' as const }),
      );
    },
  };
}

it('a decision that cannot be written has not been sent: the saga turns back over what was done', async () => {
  const sim = createSimulation({ seed: 1 });
  const cluster = createCluster({
    sim,
    network: () => ({ requestMs: 1, replyMs: 1 }),
    definitions: () => [saga],
    storeOf: refusing,
  });
  accept(cluster.database, saga, { sagaId: 'one', input: {} });
  cluster.start();
  const stateOf = () => cluster.database.tables.instances.get('one')?.state;
  const isOver = () => stateOf()?.phase.status === 'compensated';
  expect(await sim.run(isOver, { virtualMsMax: 10_000 })).toBe('done');
  expect(stateOf()?.turnReason).toMatchObject({ step: 'b', error: { code: 'UNSTORABLE' } });
  expect(stateOf()?.steps['a']?.backward?.status).toBe('compensated');
  expect(cluster.faults).toEqual([]);
});

const asked = defineSaga({ name: 'asked', version: 1, input: z.object({}) })
  .step('a', { run: done, undo: done })
  .waitFor('word', { schema: z.string() })
  .build();

/** First has the mail read, then refuses for good what `a` returned. */
function refusingOutcome(database: MemoryDatabase, workerId: string): SagaStore {
  const store = memoryStore(database, workerId);
  let refusals = 0;
  return {
    ...store,
    async write(writes) {
      const [write] = writes;
      if (!write?.events.some((event) => event.type === 'StepSucceeded'))
        return store.write(writes);
      refusals += 1;
      const error = { code: 'UNSTORABLE', message: 'Not this one.' };
      return [refusals === 1 ? { kind: 'mail' } : { kind: 'unstorable', error }];
    },
  };
}

it('a letter that was read together with an outcome that cannot be written is not lost', async () => {
  const sim = createSimulation({ seed: 1 });
  const { database, start, faults } = createCluster({
    sim,
    network: ({ target }) => ({ requestMs: target === 'function' ? 100 : 1, replyMs: 1 }),
    definitions: () => [asked],
    storeOf: refusingOutcome,
  });
  accept(database, asked, { sagaId: 'one', input: {} });
  start();
  sim.later(50, 'letter', () =>
    sendLetter(database, 'one', { kind: 'signal', signal: 'word', payload: 'yes' }),
  );
  const stateOf = () => database.tables.instances.get('one')?.state;
  const isStuck = () => stateOf()?.phase.status === 'stuck';
  expect(await sim.run(isStuck, { virtualMsMax: 10_000 })).toBe('done');
  expect(stateOf()?.phase).toMatchObject({ step: 'a', error: { code: 'UNSTORABLE' } });
  expect(stateOf()?.signals).toEqual({ word: 'yes' });
  expect(faults).toEqual([]);
});
