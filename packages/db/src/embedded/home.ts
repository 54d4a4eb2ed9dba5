import { createHash } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Binaries, binariesIn } from './binaries.ts';
import type { ServerUser } from './server-user.ts';

/** Everything that belongs to one cluster. */
export interface Home {
  readonly folder: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly portFile: string;
  readonly logFile: string;
  readonly holders: string;
}

function homeIn(folder: string): Home {
  return {
    folder,
    cluster: path.join(folder, 'cluster'),
    passwordFile: path.join(folder, 'password'),
    portFile: path.join(folder, 'port'),
    logFile: path.join(folder, 'server.log'),
    holders: path.join(folder, 'holders'),
  };
}

/** In the data folder; outside of it only when the server's user cannot get there. */
export async function findHome(dataDir: string, user: ServerUser | undefined): Promise<Home> {
  if (!user || (await everyoneMayEnter(path.dirname(dataDir)))) return homeIn(dataDir);
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return homeIn(path.join('/var/tmp', `counterstep-${id}`));
}

/** Creates the folder for the server's user alone. */
export async function prepareHome(
  home: Home,
  dataDir: string,
  user: ServerUser | undefined,
): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await mkdir(home.folder, { recursive: true });
  const found = await lstat(home.folder);
  const owner = process.getuid?.();
  // Anybody may write to /var/tmp: a folder that waits there under our name may be a trap.
  if (!found.isDirectory() || (user && found.uid !== owner && found.uid !== user.uid)) {
    throw new Error(`${home.folder} belongs to somebody else. Remove it, or set DATABASE_URL.`);
  }
  if (user) await chown(home.folder, user.uid, user.gid);
  if (process.platform !== 'win32') await chmod(home.folder, 0o700);
  if (home.folder !== dataDir) {
    await writeFile(path.join(dataDir, 'location'), `${home.folder}\n`);
  }
}

/** The data folder was deleted by hand, and the cluster outside of it is still there. */
export async function isAbandoned(home: Home, dataDir: string): Promise<boolean> {
  if (home.folder === dataDir) return false;
  const location = await readFile(path.join(dataDir, 'location'), 'utf8').catch(() => undefined);
  return location === undefined && (await stat(home.cluster).catch(() => undefined)) !== undefined;
}

/** Binaries that the server's user can run: a copy, when the packages lie in a private folder. */
export async function reachableBinaries(
  binaries: Binaries,
  home: Home,
  user: ServerUser | undefined,
): Promise<Binaries> {
  if (!user || (await everyoneMayEnter(binaries.root))) return binaries;
  const version = createHash('sha256').update(binaries.root).digest('hex').slice(0, 12);
  const copy = path.join(home.folder, `server-${version}`);
  const done = path.join(copy, '.complete');
  if (!(await stat(done).catch(() => undefined))) {
    await rm(copy, { recursive: true, force: true });
    await cp(binaries.root, copy, { recursive: true, verbatimSymlinks: true });
    await writeFile(done, '');
  }
  return binariesIn(copy);
}

async function everyoneMayEnter(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    // What does not exist yet is created with the usual mode.
    if (found && (found.mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
