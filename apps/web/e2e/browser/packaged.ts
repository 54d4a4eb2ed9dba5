import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cacheFolder } from './cache.ts';
import type { Candidate } from './launch-options.ts';

const packageName = '@sparticuz/chromium';
const fontSettings = 'fonts.conf';

/** A Chromium that arrives compressed in an npm package: no download host, no rights needed. */
export async function packagedChromium(): Promise<Candidate | string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'only for Linux on x64';
  const folder = await unpack();
  return {
    name: packageName,
    executablePath: path.join(folder, 'chromium'),
    env: { FONTCONFIG_FILE: path.join(folder, fontSettings) },
  };
}

/** The same, on a bare system: NSS and the like come along in the package. */
export async function bundledLibraries(): Promise<Candidate | string> {
  const plain = await packagedChromium();
  if (typeof plain === 'string') return plain;
  const folder = await unpack();
  const libraries = path.join(folder, 'al2023/lib');
  if (!existsSync(libraries)) return 'the package brings no libraries';
  return {
    ...plain,
    name: `${packageName} with its libraries`,
    env: { ...plain.env, LD_LIBRARY_PATH: libraries },
  };
}

/**
 * Unpacks into a folder that carries the version. The package writes to the temporary folder, and
 * takes whatever lies there, of any version, for its own: so it gets a temporary folder for itself.
 */
async function unpack(): Promise<string> {
  const require = createRequire(import.meta.url);
  const packageRoot = path.resolve(path.dirname(require.resolve(packageName)), '..');
  const { version } = require(path.join(packageRoot, 'package.json')) as { version: string };
  const folder = path.join(cacheFolder(), `sparticuz-${version}`);
  if (existsSync(path.join(folder, '.complete'))) return folder;

  const fresh = `${folder}.new-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = fresh;
  try {
    // Only now: it looks at the temporary folder when it is loaded.
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await inflate(path.join(packageRoot, 'bin/al2023.tar.br'));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  await writeFile(path.join(fresh, fontSettings), fontConfiguration(folder));
  await writeFile(path.join(fresh, '.complete'), '');
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return folder;
}

/** The package's own settings look in fixed folders; without any font the browser crashes. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;
}
