import { defineSaga } from '@counterstep/saga-core/definition';
import type { SagaStore, SagaWrite } from '@counterstep/saga-core/engine';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createCluster } from '../src/cluster/index.ts';
import { accept, type MemoryDatabase, memoryStore, sendLetter } from '../src/memory/index.ts';
import { createSimulation } from '../src/time/index.ts';

const done = () => Promise.resolve(null);
const saga = defineSaga({ name: 'two', version: 1, input: z.object({}) })
  .step('reserve', { run: done, undo: done })
  .pivot('pay', { run: done })
  .build();

const sendsPivot = ({ events }: SagaWrite): boolean =>
  events.some((event) => event.type === 'StepDispatched' && event.step === 'pay');

/** Puts a cancel into the mailbox in the moment in which the pivot's intent comes to the database. */
function cancelling(database: MemoryDatabase, workerId: string): SagaStore {
  const store = memoryStore(database, workerId);
  let isSent = false;
  return {
    ...store,
    write(writes) {
      if (!isSent && writes.some(sendsPivot)) {
        isSent = true;
        sendLetter(database, 'one', { kind: 'cancel', reason: 'Sold out.' });
      }
      return store.write(writes);
    },
  };
}

it('a cancel that comes together with the intent of the pivot is first', async () => {
  const sim = createSimulation({ seed: 1 });
  const { database, start, faults } = createCluster({
    sim,
    network: () => ({ requestMs: 1, replyMs: 1 }),
    definitions: () => [saga],
    storeOf: cancelling,
  });
  accept(database, saga, { sagaId: 'one', input: {} });
  start();
  const stateOf = () => database.tables.instances.get('one')?.state;
  const isOver = () => ['compensated', 'completed'].includes(stateOf()?.phase.status ?? '');
  expect(await sim.run(isOver, { virtualMsMax: 10_000 })).toBe('done');
  expect(stateOf()?.phase.status).toBe('compensated');
  expect(stateOf()?.turnReason).toMatchObject({ kind: 'cancelled', reason: 'Sold out.' });
  expect(stateOf()?.steps['pay']?.attempts ?? 0).toBe(0);
  expect(faults).toEqual([]);
});
