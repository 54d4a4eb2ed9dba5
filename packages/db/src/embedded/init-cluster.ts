import { randomBytes } from 'node:crypto';
import { chmod, chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Home } from './home.ts';
import { run } from './run.ts';
import type { ServerUser } from './server-user.ts';

export const superuser = 'postgres';

/** Creates the cluster unless it is there. A crash half-way leaves nothing that counts as one. */
export async function initCluster(
  home: Home,
  binaries: Binaries,
  user: ServerUser | undefined,
): Promise<void> {
  await removeHalfDone(home.folder);
  if (await readFile(path.join(home.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)) {
    await checkVersion(home, binaries, user);
    return;
  }
  await writePassword(home.passwordFile, user);
  const fresh = path.join(home.folder, `${halfDone}${randomBytes(4).toString('hex')}`);
  const result = await run(
    binaries.initdb,
    [
      `--pgdata=${fresh}`,
      `--username=${superuser}`,
      `--pwfile=${home.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // The same order of text on every system, whatever its libraries think of it.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      // What a crash right here would lose is made anew at the next start.
      '--no-sync',
    ],
    user,
  );
  if (result.code !== 0) throw new Error(`initdb failed:\n${result.output}`);
  await rename(fresh, home.cluster);
}

const halfDone = 'cluster.new-';

async function removeHalfDone(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(halfDone)) continue;
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

async function writePassword(file: string, user: ServerUser | undefined): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  if (process.platform !== 'win32') await chmod(file, 0o600);
  if (user) await chown(file, user.uid, user.gid);
}

async function checkVersion(
  home: Home,
  binaries: Binaries,
  user: ServerUser | undefined,
): Promise<void> {
  const has = (await readFile(path.join(home.cluster, 'PG_VERSION'), 'utf8')).trim();
  const { output } = await run(binaries.postgres, ['--version'], user);
  const runs = /\d+/.exec(output)?.[0];
  if (runs !== undefined && runs !== has) {
    throw new Error(
      `The data in ${home.cluster} was written by Postgres ${has}; the server is Postgres ${runs}. ` +
        'Reset the database (pnpm db:reset), or set DATABASE_URL.',
    );
  }
}
