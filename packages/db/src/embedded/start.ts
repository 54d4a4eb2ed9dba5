import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { findBinaries } from './binaries.ts';
import { ensureDatabase } from './connect.ts';
import { addHolder, removeHolder } from './holders.ts';
import { findHome, isAbandoned, prepareHome, reachableBinaries } from './home.ts';
import { initCluster } from './init-cluster.ts';
import { withMutex } from './mutex.ts';
import { adopt, launch, type Server, shutDown, untilEnded } from './server.ts';
import { findServerUser } from './server-user.ts';
import { defaultSettings, type Settings } from './settings.ts';

export interface EmbeddedOptions {
  /** Folder of the cluster; created when it is missing. */
  readonly dataDir: string;
  readonly log?: (line: string) => void;
  /** On top of the default settings. A server that runs already keeps its own. */
  readonly settings?: Settings;
}

export interface Embedded {
  /** URL of the database `counterstep`, as superuser. */
  readonly url: string;
  /** What the server itself says. */
  readonly logFile: string;
  /** Resolves when the server has ended, however it did, or when it has been let go of. */
  ended(): Promise<void>;
  /** Starts a server that has ended again, under the same URL; false once it has been let go of. */
  revive(): Promise<boolean>;
  /** Lets go of the server; it stops when nobody else in this checkout holds it. */
  stop(): Promise<void>;
}

/**
 * Starts a Postgres on a data folder, or adopts the one that already serves it: after `kill -9` of
 * whoever started it, or next to another start in the same checkout.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = path.resolve(options.dataDir);
  const log = options.log ?? (() => undefined);
  await mkdir(path.dirname(dataDir), { recursive: true });
  const { server, url, holder } = await withMutex(lockOf(dataDir), async () => {
    const server = await open(dataDir);
    const { home, binaries, user } = server;
    await initCluster(home, binaries, user);
    const running = await adopt(server);
    if (running) log('Postgres is running already.');
    const url = running ?? (await launch(server, { ...defaultSettings, ...options.settings }));
    await ensureDatabase(url, 'counterstep');
    return { server, url, holder: await addHolder(home.holders) };
  });

  let stopped: Promise<void> | undefined;
  const lettingGo = new AbortController();
  const revive = () =>
    withMutex(lockOf(dataDir), async () => {
      if (stopped) return false;
      const running = await adopt(server);
      if (running === url) return true;
      if (running) throw new Error('Another start has brought Postgres up on another port.');
      const port = Number(new URL(url).port);
      await launch(server, { ...defaultSettings, ...options.settings }, port);
      return true;
    });
  const release = () =>
    withMutex(lockOf(dataDir), async () => {
      const others = await removeHolder(server.home.holders, holder);
      if (others > 0) log('Postgres goes on: another process uses it.');
      else await shutDown(server);
    });
  return {
    url: url.replace(/\/postgres$/, '/counterstep'),
    logFile: server.home.logFile,
    ended: () => untilEnded(server, lettingGo.signal),
    revive,
    stop: () => {
      lettingGo.abort();
      return (stopped ??= release());
    },
  };
}

/** Stops whatever serves the folder, and deletes all of it. Refuses while somebody uses it. */
export async function removeEmbedded(dataDir: string): Promise<void> {
  const folder = path.resolve(dataDir);
  await mkdir(path.dirname(folder), { recursive: true });
  await withMutex(lockOf(folder), async () => {
    const server = await open(folder);
    if ((await removeHolder(server.home.holders, undefined)) > 0) {
      throw new Error(`The database in ${folder} is in use. Stop Counterstep first.`);
    }
    await shutDown(server);
    await rm(server.home.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });
}

/** Next to the data folder, not in it: the folder may be deleted under the lock. */
function lockOf(dataDir: string): string {
  return `${dataDir}.lock`;
}

async function open(dataDir: string): Promise<Server> {
  const user = findServerUser();
  const home = await findHome(dataDir, user);
  const found = await findBinaries();
  if (await isAbandoned(home, dataDir)) {
    await shutDown({ home, user, binaries: await reachableBinaries(found, home, user) });
    await rm(home.folder, { recursive: true, force: true });
  }
  await prepareHome(home, dataDir, user);
  return { home, user, binaries: await reachableBinaries(found, home, user) };
}
