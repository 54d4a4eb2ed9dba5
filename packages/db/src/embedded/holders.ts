import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { processIdentity } from './process-identity.ts';

/**
 * Who uses the server: one file for each. The last one out turns off the light; a holder whose
 * process is gone does not count. Call these under the mutex.
 */
export async function addHolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`);
  await writeFile(file, processIdentity(process.pid) ?? '');
  return file;
}

/** Removes one holder and those that died. Returns how many are left. */
export async function removeHolder(folder: string, holder: string | undefined): Promise<number> {
  if (holder) await rm(holder, { force: true });
  let left = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    const identity = await readFile(file, 'utf8').catch(() => '');
    if (identity !== '' && processIdentity(Number.parseInt(name, 10)) === identity) left += 1;
    else await rm(file, { force: true });
  }
  return left;
}
