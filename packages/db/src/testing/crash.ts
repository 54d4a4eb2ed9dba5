import { randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findHome } from '../embedded/home.ts';
import { findPostmaster } from '../embedded/postmaster.ts';
import { findServerUser } from '../embedded/server-user.ts';

const endMsMax = 10_000;

/** What `pg_ctl stop -m immediate` sends; returns once the server is gone. */
export async function crashServer(dataDir: string): Promise<void> {
  const { cluster } = await findHome(dataDir, findServerUser());
  const server = await findPostmaster(cluster);
  if (!server) throw new Error('There is no server to crash.');
  process.kill(server.pid, 'SIGQUIT');
  for (const deadline = Date.now() + endMsMax; await findPostmaster(cluster);) {
    if (Date.now() > deadline) throw new Error('The server does not end.');
    await delay(10);
  }
}

/**
 * Chooses a port below those that the system gives to clients: one that knocks at a closed port of
 * that range is, once in a while, connected to itself, and then the server cannot come back there.
 */
export async function settlePort(dataDir: string): Promise<void> {
  const { folder, portFile } = await findHome(dataDir, findServerUser());
  await mkdir(folder, { recursive: true });
  await writeFile(portFile, `${randomInt(15_000, 30_000)}\n`);
}
