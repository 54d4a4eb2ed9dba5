import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { processIdentity, withMutex } from '@counterstep/db/embedded';
import { shown } from './paths.ts';
import { UsageError } from './usage-error.ts';

interface Holder {
  readonly pid: number;
  /** Of this incarnation of the pid: one that was killed holds nothing. */
  readonly identity: string | undefined;
  readonly url: string;
}

/**
 * Keeps a folder for this process alone, until the returned function lets go of it.
 *
 * @param url of the dashboard that this process is going to serve, or else its command
 * @throws a `UsageError` when another process that lives has it
 */
export async function claimFolder(folder: string, url: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'holder.json');
  await mkdir(folder, { recursive: true });
  await withMutex(`${file}.lock`, async () => {
    const other = await readHolder(file);
    if (other?.identity && processIdentity(other.pid) === other.identity)
      throw taken(folder, other);
    const { pid } = process;
    const self: Holder = { pid, identity: processIdentity(pid), url };
    await writeFile(file, JSON.stringify(self));
  });
  return () => rm(file, { force: true });
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    // None, or one that died while it wrote.
    return undefined;
  }
}

function taken(folder: string, { pid, url }: Holder): UsageError {
  return new UsageError(
    `Counterstep uses ${shown(folder)} already: process ${pid}, ${url}. ` +
      'Stop that one, or set DATA_DIR to another folder and PORT to another port for this one.',
  );
}
