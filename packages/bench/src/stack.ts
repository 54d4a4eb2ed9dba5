import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeEmbedded, startEmbedded } from '@counterstep/db/embedded';
import { createPool } from '@counterstep/db/tx';
import { migrateEverything } from '@counterstep/services/migrate';
import { seedCatalogue } from '@counterstep/services/seed';
import { bundle } from '../../../apps/worker/bundle.ts';
import { nodeArgs } from '../../../apps/worker/node-args.ts';
import { createForks } from './forks.ts';
import { openSite, type Site } from './site.ts';

/** A durable Postgres of its own (fsync and synchronous_commit on), with one site to begin with. */
export interface Stack extends Site {
  /** Everything that the run writes to disk, beside the database. */
  readonly folder: string;
  /** Another database of the same server, with the services' tables and the same catalogue. */
  createDatabase(name: string): Promise<string>;
  /** The same with a desk and workers of its own; it is closed with the stack. */
  createSite(name: string, worker?: string): Promise<Site>;
  /** A process of this benchmark; it is ended with the stack. */
  fork(module: string, env: NodeJS.ProcessEnv): ChildProcess;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Of Postgres, beside the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Of Node, for worker processes, beside those of the product. */
  readonly workerArgs?: readonly string[];
}

const workerMain = fileURLToPath(new URL('../../../apps/worker/src/main.ts', import.meta.url));

export async function startStack({ settings, workerArgs = [] }: StackOptions = {}): Promise<Stack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'counterstep-bench-'));
  const dataDir = path.join(folder, 'postgres');
  // One file, as the product runs it: it starts in a third of the time.
  const worker = path.join(folder, 'worker.mjs');
  await bundle(workerMain, worker);
  const embedded = await startEmbedded({ dataDir, ...(settings && { settings }) });
  const template = embedded.url;
  await migrateEverything({ main: template });
  await seedCatalogue({ main: template });
  // The same for every contender; `pnpm bench` and `bench:cost` give it to the raw loop too.
  const forks = createForks([...nodeArgs, ...workerArgs]);
  const sites: Site[] = [];

  async function createSite(name: string, module = worker): Promise<Site> {
    const site = openSite(await copyDatabase(template, name), module, forks);
    sites.push(site);
    return site;
  }

  const main = await createSite('bench');
  return {
    ...main,
    folder,
    createDatabase: (name) => copyDatabase(template, name),
    createSite,
    fork: (module, env) => forks.fork(module, env),
    async stop() {
      await forks.endAll();
      await Promise.all(sites.map((site) => site.close()));
      await embedded.stop();
      await removeEmbedded(dataDir);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A database with a connection cannot be copied: nobody uses the template but for this. */
async function copyDatabase(template: string, name: string): Promise<string> {
  const url = new URL(template);
  const source = url.pathname.slice(1);
  url.pathname = '/postgres';
  const pool = createPool({
    url: url.href,
    searchPath: 'public',
    applicationName: 'bench setup',
    size: 1,
    // It waits for the disk; each of the two limits would end it.
    statementTimeoutMs: 60_000,
    transactionTimeoutMs: 60_000,
  });
  await pool.query(`create database ${name} template ${source}`);
  await pool.end();
  url.pathname = `/${name}`;
  return url.href;
}
