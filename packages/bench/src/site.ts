import type { ChildProcess } from 'node:child_process';
import { createPool } from '@counterstep/db/tx';
import { openServiceDatabases } from '@counterstep/services/databases';
import type { Desk } from '@counterstep/services/place-order';
import { endProcess, type Forks } from './forks.ts';

/** One database with the product's tables and catalogue, the desk where its orders are taken, and its workers. */
export interface Site extends Desk {
  readonly url: string;
  /** Resolves once the worker is at work. */
  forkWorker(env?: NodeJS.ProcessEnv): Promise<ChildProcess>;
  /** Ends its workers one after another, each handing over to those that are left. */
  endWorkers(): Promise<void>;
  close(): Promise<void>;
}

/** @param worker module of the worker process */
export function openSite(url: string, worker: string, forks: Forks): Site {
  const saga = createPool({
    url,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: 'bench',
  });
  const databases = openServiceDatabases({ main: url }, { applicationName: 'bench' });
  const workers: ChildProcess[] = [];

  async function endWorkers(): Promise<void> {
    for (const child of workers.splice(0)) await endProcess(child);
  }

  return {
    url,
    saga,
    databases,
    async forkWorker(env = {}) {
      const child = await forks.forkUntilReady(worker, { ...env, DATABASE_URL: url });
      workers.push(child);
      return child;
    },
    endWorkers,
    async close() {
      await endWorkers();
      await Promise.all([saga.end(), databases.end()]);
    },
  };
}
