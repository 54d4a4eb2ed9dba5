import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeEmbedded, startEmbedded } from '@counterstep/db/embedded';
import { createPool, type Pool } from '@counterstep/db/tx';
import { openServiceDatabases, type ServiceDatabases } from '@counterstep/services/databases';
import { migrateEverything } from '@counterstep/services/migrate';
import { seedCatalogue } from '@counterstep/services/seed';

/** A durable Postgres of its own (fsync and synchronous_commit on) with one worker process. */
export interface Stack {
  readonly url: string;
  /** A second database of the same server for the raw loop, which keeps no sagas to be audited. */
  readonly rawUrl: string;
  readonly saga: Pool;
  readonly databases: ServiceDatabases;
  forkWorker(): Promise<ChildProcess>;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Of Postgres, beside the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Of Node, for worker processes. */
  readonly workerArgs?: readonly string[];
}

export async function startStack({ settings, workerArgs = [] }: StackOptions = {}): Promise<Stack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'counterstep-bench-'));
  const dataDir = path.join(folder, 'postgres');
  const embedded = await startEmbedded({ dataDir, ...(settings && { settings }) });
  const { url } = embedded;
  await migrateEverything({ main: url });
  await seedCatalogue({ main: url });
  const rawUrl = await createRawDatabase(url);
  const saga = createPool({
    url,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: 'bench',
  });
  const databases = openServiceDatabases({ main: url }, { applicationName: 'bench' });
  const children: ChildProcess[] = [];
  return {
    url,
    rawUrl,
    saga,
    databases,
    async forkWorker() {
      const main = fileURLToPath(new URL('../../../apps/worker/src/main.ts', import.meta.url));
      const child = fork(main, {
        execArgv: [...workerArgs, '--import', 'tsx'],
        env: { ...process.env, DATABASE_URL: url },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      children.push(child);
      for (let output = ''; !output.includes(' ready');) {
        const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
        output += chunk.toString();
      }
      child.stdout?.resume();
      return child;
    },
    async stop() {
      await Promise.all(children.map((child) => end(child)));
      await Promise.all([saga.end(), databases.end()]);
      await embedded.stop();
      await removeEmbedded(dataDir);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createRawDatabase(url: string): Promise<string> {
  const pool = createPool({ url, searchPath: 'public', applicationName: 'bench setup', size: 1 });
  await pool.query('create database raw_loop');
  await pool.end();
  const rawUrl = new URL(url);
  rawUrl.pathname = '/raw_loop';
  await migrateEverything({ main: rawUrl.href });
  await seedCatalogue({ main: rawUrl.href });
  return rawUrl.href;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
