import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { startBuild } from '../../../../scripts/stack/build.ts';
import type { Child } from '../../../../scripts/stack/child.ts';
import { urlFor, waitUntilHealthy } from '../../../../scripts/stack/health.ts';
import { freePort } from '../../../../scripts/stack/port.ts';
import {
  graceMs,
  type Runtime,
  startWeb,
  startWorker,
} from '../../../../scripts/stack/processes.ts';
import type { Site } from '../site.ts';
import type { Stack } from '../stack.ts';

/** The built dashboard and one built worker over a site, as the start command runs them. */
export interface Product {
  /** Of the dashboard. */
  readonly url: string;
  readonly web: Child;
  readonly worker: Child;
  stop(): Promise<void>;
}

const host = '127.0.0.1';

export async function startProduct({ folder }: Stack, site: Site): Promise<Product> {
  const logFolder = path.join(folder, 'logs');
  await startBuild(logFolder).done;
  const runtime: Runtime = {
    host,
    port: await freePort(),
    databaseUrl: site.url,
    serviceUrls: {},
    instance: randomBytes(8).toString('hex'),
    logFolder,
  };
  const web = startWeb(runtime);
  const worker = startWorker(runtime, 1);
  const stop = async () => {
    await Promise.all([web.stop(graceMs.web), worker.stop(graceMs.worker)]);
  };
  const url = urlFor(host, runtime.port);
  try {
    await waitUntilHealthy(url, runtime.instance, web);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, web, worker, stop };
}
