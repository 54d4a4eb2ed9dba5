import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands between a browser and the dashboard, and cuts connections that carry the stream. */
interface CuttingProxy {
  readonly url: string;
  /** Cuts so far. */
  cuts(): number;
  /** Lets the stream pass from now on. */
  heal(): void;
  close(): Promise<void>;
}

/**
 * `bytesBeforeCut` is asked for each stream: after so many bytes of its answer both ends of the connection
 * are torn down, wherever in a frame that is. Everything else passes.
 */
export async function startCuttingProxy(
  port: number,
  bytesBeforeCut: () => number,
): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  let isHealed = false;

  const server = createServer((browser) => {
    const dashboard = connect(port, '127.0.0.1');
    let left = Number.POSITIVE_INFINITY;
    const tearDown = () => {
      browser.destroy();
      dashboard.destroy();
    };
    for (const socket of [browser, dashboard]) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        tearDown();
      });
      socket.on('error', tearDown);
    }
    browser.on('data', (request: Buffer) => {
      if (!isHealed && request.includes('GET /api/trpc/live?')) left = bytesBeforeCut();
      dashboard.write(request);
    });
    dashboard.on('data', (answer: Buffer) => {
      if (isHealed || answer.length < left) {
        left -= answer.length;
        browser.write(answer);
        return;
      }
      cuts += 1;
      // What lies before the cut still arrives: half a frame.
      browser.write(answer.subarray(0, left), tearDown);
      left = Number.POSITIVE_INFINITY;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    cuts: () => cuts,
    heal: () => {
      isHealed = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
