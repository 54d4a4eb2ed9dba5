import { createRequire } from 'node:module';
import path from 'node:path';
import { nodeArgs } from '../../apps/worker/node-args.ts';
import { type Child, startChild } from './child.ts';
import type { ServiceUrls } from './config.ts';
import { repository, webFolder, workerFolder } from './paths.ts';

export interface Runtime {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly serviceUrls: ServiceUrls;
  /** Token of this start; the dashboard's health repeats it. */
  readonly instance: string;
  readonly logFolder: string;
}

/** How long a process may take to end before it is killed. */
export const graceMs = {
  // Workers hand over in about a second; one that hangs must not hold up the rest.
  worker: 10_000,
  // Open event streams never end by themselves, and browsers resume from their cursor.
  web: 1_000,
};

const leash = path.join(import.meta.dirname, 'leash.mjs');

function nextBinary(): string {
  return createRequire(path.join(webFolder, 'package.json')).resolve('next/dist/bin/next');
}

/**
 * How long the dashboard keeps a quiet connection: longer than the 60 seconds of the usual proxies
 * and pools, so that it is never the side that closes while a request is on its way.
 */
const keepAliveMs = 75_000;

/** The built dashboard; in development, the one that follows the sources. */
export function startWeb(runtime: Runtime, mode: 'start' | 'dev' = 'start'): Child {
  const address = ['-H', runtime.host, '-p', `${runtime.port}`];
  const quiet = mode === 'start' ? ['--keepAliveTimeout', `${keepAliveMs}`] : [];
  return startChild({
    name: 'dashboard',
    args: [leash, process.execPath, nextBinary(), mode, ...address, ...quiet],
    cwd: webFolder,
    env: environment(runtime, mode === 'dev' ? 'development' : 'production'),
    logFile: path.join(runtime.logFolder, 'web.log'),
  });
}

/** The built worker; in development, its sources. It ends by itself when the channel to us closes. */
export function startWorker(
  runtime: Runtime,
  number: number,
  mode: 'start' | 'dev' = 'start',
): Child {
  const built = [...nodeArgs, path.join(workerFolder, 'dist/main.mjs')];
  const sources = ['--import', 'tsx', path.join(workerFolder, 'src/main.ts')];
  return startChild({
    name: `worker ${number}`,
    args: mode === 'dev' ? sources : built,
    cwd: repository,
    env: environment(runtime, mode === 'dev' ? 'development' : 'production'),
    logFile: path.join(runtime.logFolder, `worker-${number}.log`),
  });
}

function environment(
  runtime: Runtime,
  nodeEnvironment: 'production' | 'development',
): NodeJS.ProcessEnv {
  const { order, inventory, payment, shipment } = runtime.serviceUrls;
  return {
    ...process.env,
    NODE_ENV: nodeEnvironment,
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: runtime.host,
    PORT: `${runtime.port}`,
    COUNTERSTEP_INSTANCE: runtime.instance,
    DATABASE_URL: runtime.databaseUrl,
    ...(order ? { ORDER_DATABASE_URL: order } : {}),
    ...(inventory ? { INVENTORY_DATABASE_URL: inventory } : {}),
    ...(payment ? { PAYMENT_DATABASE_URL: payment } : {}),
    ...(shipment ? { SHIPMENT_DATABASE_URL: shipment } : {}),
  };
}
