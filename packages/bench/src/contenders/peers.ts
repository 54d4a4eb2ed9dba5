import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = fileURLToPath(new URL('../../peers', import.meta.url));

export const peerModule = (name: string): string => path.join(folder, `${name}.ts`);

let installed: Promise<unknown> | undefined;

/** Peers have a lockfile of their own, outside the workspace: nobody installs them to use the product. */
export async function installPeers(): Promise<void> {
  const args = ['--yes', 'pnpm@10.34.8', 'install', '--ignore-workspace', '--frozen-lockfile'];
  installed ??= promisify(execFile)('npx', args, { cwd: folder });
  await installed;
}
