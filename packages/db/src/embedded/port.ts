import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/**
 * The port of last time, as long as nobody else has taken it: tools that remember the URL go on
 * working. Otherwise a free one, which is written down.
 */
export async function choosePort(file: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => ''));
  if (Number.isInteger(kept) && kept > 1023 && kept < 65_536 && (await listenOnce(kept))) {
    return kept;
  }
  const port = await listenOnce(0);
  if (!port) throw new Error('No free port on 127.0.0.1.');
  await writeFile(file, `${port}\n`);
  return port;
}

/** Listens for a moment on a port (0: any); the port, or undefined when it is taken. */
function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : undefined;
      server.close(() => resolve(found));
    });
  });
}
