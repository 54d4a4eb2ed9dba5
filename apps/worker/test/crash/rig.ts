import { createPool, type Pool } from '@counterstep/db/tx';
import { sagas } from '@counterstep/services/sagas';
import { createWorker, type Worker } from '../../src/worker.ts';
import { untilQuiet } from '../quiet.ts';
import { isDone, startSystem, type System } from '../system.ts';
import { createJournal, type Journal, openJournal } from './journal.ts';
import { functionSagas } from './sagas.ts';

/** A system of its own for one run: database, journal, sagas, and somebody who may look everywhere. */
export interface Rig extends System {
  readonly journal: Journal;
  readonly functions: ReturnType<typeof functionSagas>;
  /** Reads all schemas; no service may. */
  readonly everywhere: Pool;
  /** Runs a worker that nothing happens to, for as long as the work takes. */
  withWorker<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until the saga has ended or is stuck, and nothing about it is left to do anywhere. */
  settled(sagaId: string): Promise<void>;
}

const settledMsMax = 60_000;

export async function startRig(): Promise<Rig> {
  const system = await startSystem();
  await createJournal(system.url);
  const journal = openJournal(system.url);
  const functions = functionSagas(journal);
  const everywhere = createPool({
    url: system.url,
    searchPath: 'public',
    applicationName: 'crash-test',
    size: 1,
  });
  return {
    ...system,
    journal,
    functions,
    everywhere,
    async withWorker(work) {
      const worker = await startWorker(() =>
        createWorker({ main: system.url }, [...sagas.all, ...functions]),
      );
      try {
        return await work();
      } finally {
        await worker.stop();
      }
    },
    async settled(sagaId) {
      await system.until(sagaId, isDone, settledMsMax);
      await untilQuiet(everywhere, settledMsMax);
      // A message that was still under way may have moved a choreographed saga on.
      await system.until(sagaId, isDone, settledMsMax);
    },
    async stop() {
      await Promise.all([journal.end(), everywhere.end()]);
      await system.stop();
    },
  };
}

const triesMax = 3;

/** One that cannot start leaves the place to another, as in a process of its own. */
async function startWorker(create: () => Worker): Promise<Worker> {
  for (let tries = 1; ; tries += 1) {
    const worker = create();
    try {
      await worker.start();
      return worker;
    } catch (error) {
      await worker.stop();
      if (tries === triesMax) throw error;
    }
  }
}
