import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getSaga, type LogEvent, readEvents, type SagaDetail } from '@counterstep/db/read';
import { createTestDatabase } from '@counterstep/db/testing';
import { createPool, type Pool } from '@counterstep/db/tx';
import {
  type DatabaseUrls,
  openServiceDatabases,
  type ServiceDatabases,
  serviceNames,
} from '@counterstep/services/databases';
import { type OrderRequest, type PlacedOrder, placeOrder } from '@counterstep/services/place-order';
import { seedCatalogue } from '@counterstep/services/seed';
import { workerProgram } from './program.ts';

/** A database of its own with the whole system's pools; workers are started as the test wants them. */
export interface System {
  readonly url: string;
  readonly urls: DatabaseUrls;
  readonly saga: Pool;
  readonly databases: ServiceDatabases;
  place(request: Partial<OrderRequest>): Promise<PlacedOrder>;
  /** Waits until the saga is where the test wants it; fails with its log after `ms`. */
  until(sagaId: string, condition: (saga: SagaDetail) => boolean, ms?: number): Promise<SagaDetail>;
  log(sagaId: string): Promise<LogEvent[]>;
  /** A worker process of its own, ready to work. */
  forkWorker(): Promise<ChildProcess>;
  stop(): Promise<void>;
}

const pollMs = 15;

/** @param apart gives each service a database of its own */
export async function startSystem({ apart = false } = {}): Promise<System> {
  const database = await createTestDatabase();
  const { url } = database;
  const own = apart ? await Promise.all(serviceNames.map(() => createTestDatabase())) : [];
  const urls: DatabaseUrls = {
    main: url,
    ...Object.fromEntries(own.map((each, index) => [serviceNames[index], each.url])),
  };
  await seedCatalogue(urls);
  const saga = createPool({
    url,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: 'worker-test',
  });
  const databases = openServiceDatabases(urls, { applicationName: 'worker-test' });
  const children: ChildProcess[] = [];

  return {
    url,
    urls,
    saga,
    databases,
    place: (request) =>
      placeOrder(
        { saga, databases },
        {
          customerId: 'harbour-cafe',
          lines: [{ sku: 'WAL-TRAY-02', quantity: 1 }],
          style: 'orchestration',
          ...request,
        },
      ),
    async until(sagaId, condition, ms = 20_000) {
      const deadline = Date.now() + ms;
      for (;;) {
        const found = await getSaga(saga, sagaId);
        if (found && condition(found)) return found;
        if (Date.now() > deadline) {
          const events = await readEvents(saga, sagaId);
          const log = events.map((e) => `${e.seq} ${e.type} ${e.step ?? ''} ${e.actor}`).join('\n');
          throw new Error(
            `Saga ${sagaId} is ${found?.status ?? 'missing'} after ${ms} ms:\n${log}`,
          );
        }
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    },
    log: (sagaId) => readEvents(saga, sagaId),
    async forkWorker() {
      const child = fork(workerProgram(), {
        execArgv: ['--enable-source-maps'],
        env: { ...process.env, DATABASE_URL: url },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      children.push(child);
      await ready(child);
      return child;
    },
    async stop() {
      await Promise.all(children.map((child) => end(child)));
      await Promise.all([saga.end(), databases.end()]);
      await Promise.all([database, ...own].map((each) => each.drop()));
    },
  };
}

export const isDone = (saga: SagaDetail): boolean =>
  ['completed', 'compensated', 'resolved', 'stuck'].includes(saga.status);

async function ready(child: ChildProcess): Promise<void> {
  let output = '';
  while (!output.includes(' ready')) {
    const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    output += chunk.toString();
  }
  child.stdout?.resume();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
