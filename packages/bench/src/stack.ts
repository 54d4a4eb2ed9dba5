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
  readonly saga: Pool;
  readonly databases: ServiceDatabases;
  forkWorker(): Promise<ChildProcess>;
  stop(): Promise<void>;
}

export async function startStack(): Promise<Stack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'counterstep-bench-'));
  const dataDir = path.join(folder, 'postgres');
  const embedded = await startEmbedded({ dataDir });
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
  return {
    url,
    saga,
    databases,
    async forkWorker() {
      const main = fileURLToPath(new URL('../../../apps/worker/src/main.ts', import.meta.url));
      const child = fork(main, {
        execArgv: ['--import', 'tsx'],
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

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
