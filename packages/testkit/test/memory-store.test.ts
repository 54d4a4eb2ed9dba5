import { randomUUID } from 'node:crypto';
import { sagaStoreContract, type StoreHarness } from '../src/contract/index.ts';
import {
  accept,
  createMemoryDatabase,
  memoryStore,
  readLog,
  reap,
  sendLetter,
} from '../src/memory/index.ts';
import { createSimulation } from '../src/time/index.ts';

sagaStoreContract('memory', () => {
  const sim = createSimulation({ seed: 1 });
  const database = createMemoryDatabase(sim);
  const { instances, ready } = database.tables;
  const harness: StoreHarness = {
    store: (workerId) => memoryStore(database, workerId),
    accept(definition, count) {
      const ids = Array.from({ length: count }, () => randomUUID());
      for (const sagaId of ids) accept(database, definition, { sagaId, input: { city: 'Lisbon' } });
      return Promise.resolve(ids);
    },
    sendLetter(sagaId, letter) {
      sendLetter(database, sagaId, letter);
      return Promise.resolve();
    },
    reap(workerId) {
      reap(database, workerId);
      return Promise.resolve();
    },
    read(sagaId) {
      const saga = instances.get(sagaId);
      if (!saga) throw new Error(`There is no saga ${sagaId}.`);
      const { state, seq, fence, owner } = saga;
      const runAtMs = ready.get(sagaId)?.runAtMs;
      const runAt = runAtMs === undefined ? null : new Date(runAtMs).toISOString();
      const log = readLog(database, sagaId);
      const { paused, phase } = state;
      return Promise.resolve({ status: phase.status, seq, fence, owner, paused, runAt, log });
    },
    async passes(ms) {
      sim.later(ms, 'time passes', () => undefined);
      await sim.run(() => false);
    },
    now: () => Promise.resolve(sim.now()),
    close: () => Promise.resolve(),
  };
  return Promise.resolve(harness);
});
