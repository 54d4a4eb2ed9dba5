import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from './usage-error.ts';

/** A dashboard whose start was killed lets go of its port a moment later. */
const patienceMs = 4_000;

export async function checkPort(host: string, port: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const problem = await tryToListen(host, port);
    if (typeof problem !== 'string') return;
    if (problem === 'EACCES') {
      throw new UsageError(`Port ${port} needs more rights. Set PORT to another one, above 1023.`);
    }
    if (problem === 'EADDRNOTAVAIL' || problem === 'ENOTFOUND') {
      throw new UsageError(`HOST=${host} is no address of this machine.`);
    }
    if (Date.now() > deadline) {
      throw new UsageError(
        `Port ${port} is taken on ${host}. Set PORT to a free one, for example PORT=${port + 1}.`,
      );
    }
    await sleep(200);
  }
}

export async function freePort(): Promise<number> {
  const port = await tryToListen('127.0.0.1', 0);
  if (typeof port === 'string') throw new Error(`No free port on 127.0.0.1 (${port}).`);
  return port;
}

/** The port it listened on for a moment, or the code of the error. */
function tryToListen(host: string, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
