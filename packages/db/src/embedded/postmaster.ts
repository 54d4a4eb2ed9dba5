import { readFile, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { processIdentity } from './process-identity.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

export function pidFile(cluster: string): string {
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
