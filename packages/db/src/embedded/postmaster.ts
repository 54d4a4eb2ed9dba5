import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { answersSignals, processIdentity } from './process-identity.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

function pidFile(cluster: string): string {
  return path.join(cluster, 'postmaster.pid');
}

/** The live server of a cluster, as its pid file tells it; undefined when there is none. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '');
  const [pidText, , , portText] = text.split('\n');
  const pid = Number(pidText);
  if (!processIdentity(pid) || !(await isOurs(pid, cluster))) return undefined;
  return { pid, port: Number(portText) };
}

/**
 * Removes the pid file of a server that is dead when its pid belongs to another process by now: that
 * would stop the next start. Any other is left to Postgres, which does not start as long as a session
 * of the dead server goes on writing.
 */
export async function clearPidFile(cluster: string): Promise<void> {
  if (await findPostmaster(cluster)) return;
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '');
  if (answersSignals(Number(text.split('\n', 1)[0]))) await rm(pidFile(cluster), { force: true });
}

/**
 * After a crash the pid in the file may be any process by now. A server's working folder is its
 * cluster; where that cannot be asked, the connection that follows is the proof.
 */
async function isOurs(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster));
  } catch (error) {
    // Another user's process: not ours, unless we cannot know.
    return error instanceof Error && 'code' in error && error.code === 'EACCES';
  }
}
