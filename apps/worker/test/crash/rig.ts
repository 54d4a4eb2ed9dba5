import { setTimeout as delay } from 'node:timers/promises';
import { createPool, type Pool } from '@counterstep/db/tx';
import { sagas } from '@counterstep/services/sagas';
import { serviceNames, services } from '@counterstep/services/services';
import { createWorker } from '../../src/worker.ts';
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

const settledMsMax = 20_000;
const pollMs = 15;

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
      const worker = createWorker({ main: system.url }, [...sagas.all, ...functions]);
      await worker.start();
      try {
        return await work();
      } finally {
        await worker.stop();
      }
    },
    async settled(sagaId) {
      await system.until(sagaId, isDone, settledMsMax);
      for (const deadline = Date.now() + settledMsMax; ; await delay(pollMs)) {
        const left = await everywhere.query<{ what: string }>(leftSql);
        if (left.length === 0) break;
        const what = left.map((row) => row.what).join(', ');
        if (Date.now() > deadline) throw new Error(`Still to do for ${sagaId}: ${what}`);
      }
      // A message that was still under way may have moved a choreographed saga on.
      await system.until(sagaId, isDone, settledMsMax);
    },
    async stop() {
      await Promise.all([journal.end(), everywhere.end()]);
      await system.stop();
    },
  };
}

/** Messages that a reader's cursor has not passed. */
const unread = (cursors: string, source: keyof typeof services): string =>
  `select '${cursors} of ${source}' from ${services[source].schema}.outbox o
     join ${cursors} c on c.source = '${source}' and c.partition = o.partition
    where (o.xid, o.id) > (c.cursor_xid, c.cursor_id)`;

const leftSql = [
  `select 'ready' as what from saga.ready`,
  `select 'held message' from saga.held_message`,
  ...serviceNames.map(
    (name) =>
      `select '${name} parked' from ${services[name].schema}.parked where state = 'waiting'`,
  ),
  ...serviceNames.flatMap((source) => [
    unread('saga.tracker_cursor', source),
    ...serviceNames.map((reader) => unread(`${services[reader].schema}.subscription`, source)),
  ]),
].join('\nunion all\n');
