import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';

/** A start or stop takes seconds; a lock that is held longer belongs to a process that hangs. */
const patienceMs = 120_000;
const pollMs = 50;

/**
 * Runs `work` while no other process runs its own under the same lock file. A lock whose process
 * is gone is broken.
 */
export async function withMutex<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  const self = `${process.pid}\n${processIdentity(process.pid) ?? ''}\n${randomBytes(6).toString('hex')}`;
  while (!(await create(file, self))) {
    await breakIfStale(file);
    if (Date.now() > deadline) {
      throw new Error(`Another process holds ${file} for more than ${patienceMs / 1000} s.`);
    }
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function breakIfStale(file: string): Promise<void> {
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined || isHeld(content)) return;
  // An empty file is a lock between its creation and its first byte, or the trace of a crash there.
  if (content === '') {
    await sleep(1_000);
    if ((await readFile(file, 'utf8').catch(() => undefined)) !== '') return;
  }
  const aside = `${file}.stale-${randomBytes(6).toString('hex')}`;
  try {
    // Renaming lets exactly one process break the lock.
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, 'utf8').catch(() => content);
  if (moved !== content) {
    // Somebody broke it and took it since we looked: theirs goes back.
    await rename(aside, file);
    return;
  }
  await rm(aside, { force: true });
}

function isHeld(content: string): boolean {
  const [pid, identity] = content.split('\n');
  return processIdentity(Number(pid)) === identity && identity !== undefined;
}
