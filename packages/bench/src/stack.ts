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
  /** Everything that the run writes to disk, beside the database. */
  readonly folder: string;
  readonly saga: Pool;
  readonly databases: ServiceDatabases;
  /** Another database of the same server, with the services' tables and the same catalogue. */
  createDatabase(name: string): Promise<string>;
  forkWorker(): Promise<ChildProcess>;
  /** A process of this benchmark; it is ended with the stack. */
  fork(module: string, env: NodeJS.ProcessEnv): ChildProcess;
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
  const saga = createPool({
    url,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: 'bench',
  });
  const databases = openServiceDatabases({ main: url }, { applicationName: 'bench' });
  const children: ChildProcess[] = [];
  function spawnModule(module: string, env: NodeJS.ProcessEnv): ChildProcess {
    const child = fork(module, {
      execArgv: [...workerArgs, '--import', 'tsx'],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    children.push(child);
    return child;
  }
  return {
    url,
    folder,
    saga,
    databases,
    createDatabase: (name) => createDatabase(url, name),
    async forkWorker() {
      const main = fileURLToPath(new URL('../../../apps/worker/src/main.ts', import.meta.url));
      const child = spawnModule(main, { DATABASE_URL: url });
      for (let output = ''; !output.includes(' ready');) {
        const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
        output += chunk.toString();
      }
      child.stdout?.resume();
      return child;
    },
    fork(module, env) {
      const child = spawnModule(module, env);
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

async function createDatabase(url: string, name: string): Promise<string> {
  const pool = createPool({ url, searchPath: 'public', applicationName: 'bench setup', size: 1 });
  await pool.query(`create database ${name}`);
  await pool.end();
  const own = new URL(url);
  own.pathname = `/${name}`;
  await migrateEverything({ main: own.href });
  await seedCatalogue({ main: own.href });
  return own.href;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
