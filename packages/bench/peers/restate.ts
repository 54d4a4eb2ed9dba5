import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import type { RawOrder } from '../src/order-statements.ts';
import { serve } from '../src/process/serve.ts';

// The SDK is written for Node 22.
Promise.withResolvers ??= function withResolvers<T>() {
  let resolve!: (value: T | PromiseLike<T>) => void;
  let reject!: (reason?: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};

// One node with its own log in a folder of its own, flushed as by default. The service is in this
// process; orders come in through its HTTP ingress, as they would from outside.
await serve(async ({ steps }) => {
  const [restate, { connect }] = await Promise.all([
    import('@restatedev/restate-sdk'),
    import('@restatedev/restate-sdk-clients'),
  ]);
  const [service, ingress, admin, fabric] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const orders = restate.service({
    name: 'orders',
    handlers: {
      place: async (ctx, order: RawOrder) => {
        for (const { name, run } of steps) await ctx.run(name, () => run(order));
      },
    },
  });
  await restate.serve({ services: [orders], port: service });
  startServer({ ingress, admin, fabric });
  await untilAnswered(`http://127.0.0.1:${admin}/health`);
  await untilAnswered(`http://127.0.0.1:${ingress}/restate/health`);
  const registered = await fetch(`http://127.0.0.1:${admin}/deployments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uri: `http://127.0.0.1:${service}` }),
  });
  if (!registered.ok) throw new Error(`Restate refused the service: ${await registered.text()}`);
  const client = connect({ url: `http://127.0.0.1:${ingress}` }).serviceClient(orders);
  return { place: (order) => client.place(order) };
});

interface Ports {
  readonly ingress: number;
  readonly admin: number;
  readonly fabric: number;
}

/** Ends with this process. */
function startServer({ ingress, admin, fabric }: Ports): void {
  const { PEER_FOLDER: folder = '' } = process.env;
  const manifest = createRequire(import.meta.url).resolve(
    '@restatedev/restate-server/package.json',
  );
  const binary = createRequire(manifest).resolve(
    `@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
  );
  const server: ChildProcess = spawn(binary, ['--base-dir', folder, '--node-name', 'bench'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      RESTATE_BIND_ADDRESS: `127.0.0.1:${fabric}`,
      RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${fabric}`,
      RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
      RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
      RESTATE_LOG_FILTER: 'error',
      RESTATE_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: '1',
    },
  });
  process.on('exit', () => server.kill('SIGKILL'));
}

async function untilAnswered(url: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; await delay(50)) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`Restate does not answer at ${url}.`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
