import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Controls } from './e2e-stack.ts';

/**
 * Specs run in processes of their own, and the dashboard and its workers are children of the
 * runner: this carries what the specs want done over to it.
 */
export async function serveControl(
  controls: Controls,
): Promise<{ url: string; close(): Promise<void> }> {
  const secret = randomBytes(12).toString('hex');
  const routes = new Map<string, () => Promise<void>>([
    [`/${secret}/restartWeb`, () => controls.restartWeb()],
    [`/${secret}/killWorker`, () => controls.killWorker()],
    [`/${secret}/startWorker`, () => controls.startWorker()],
  ]);
  const server = createServer((request, response) => {
    const route = routes.get(request.url ?? '');
    if (!route) {
      response.writeHead(404).end();
      return;
    }
    route().then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${secret}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
