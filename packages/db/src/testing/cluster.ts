import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Embedded, removeEmbedded, startEmbedded } from '../embedded/index.ts';
import type { Settings } from '../embedded/settings.ts';
import { openSingle } from '../tx/single.ts';
import { crashServer, settlePort } from './crash.ts';

/** Nothing here outlives the run, so nothing waits for a disk. */
const forgetful: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  // Several test files at once, each with a whole system and some workers of its own.
  max_connections: '500',
  // A test that forgets a lock should fail, not hang.
  deadlock_timeout: '200ms',
};

/** For a server that is to crash: what it has acknowledged must be there afterwards. */
const durable: Settings = {
  ...forgetful,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
};

export const templateName = 'counterstep_template';

/** How test files, in processes of their own, find the cluster of the run. */
export const clusterVariable = 'COUNTERSTEP_TEST_CLUSTER';

export interface TestCluster {
  /** URL of the cluster's maintenance database, as superuser. */
  readonly url: string;
  /** Ends the server as `pg_ctl stop -m immediate` does: no checkpoint, no goodbye. */
  crash(): Promise<void>;
  /** Starts it again on the same port; resolves once it takes connections. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a throw-away Postgres with a migrated template database, and tells this process and its
 * children where it is. Everything is gone after `stop`, and after a `kill -9` of this process.
 */
export async function startTestCluster(options: {
  /** Brings the template up to date; without it the template stays empty. */
  readonly migrate?: (url: string) => Promise<void>;
  /** For a cluster that will crash. */
  readonly isDurable?: boolean;
}): Promise<TestCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'counterstep-test-'));
  const dataDir = path.join(folder, 'postgres');
  const guard = watch(folder, dataDir);
  const settings = options.isDurable ? durable : forgetful;
  const outer = process.env[clusterVariable];
  const starts: Embedded[] = [];
  const stop = async () => {
    for (const start of starts) await start.stop();
    await removeEmbedded(dataDir);
    await rm(folder, { recursive: true, force: true });
    guard.release();
    if (outer === undefined) delete process.env[clusterVariable];
    else process.env[clusterVariable] = outer;
  };
  try {
    if (options.isDurable) await settlePort(dataDir);
    const embedded = await startEmbedded({ dataDir, settings });
    starts.push(embedded);
    const url = withDatabase(embedded.url, 'postgres');
    await createTemplate(url, options.migrate);
    process.env[clusterVariable] = url;
    return {
      url,
      crash: () => crashServer(dataDir),
      async restart() {
        starts.push(await startEmbedded({ dataDir, settings }));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function createTemplate(
  url: string,
  migrate: ((url: string) => Promise<void>) | undefined,
): Promise<void> {
  const sql = openSingle(url);
  try {
    await sql`create database ${sql(templateName)}`;
    await migrate?.(withDatabase(url, templateName));
    // A database with a connection cannot be copied: nobody gets in from here on.
    await sql`alter database ${sql(templateName)} with is_template true allow_connections false`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Cleans up when this process ends without doing so itself: the pipe to the guard closes. */
function watch(folder: string, dataDir: string): { release(): void } {
  const script = fileURLToPath(new URL('./guard.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, folder, dataDir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  child.stdin.on('error', () => undefined);
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return {
    release: () => {
      child.stdin.end('done');
    },
  };
}
