import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createTestDatabase, startTestCluster } from '@counterstep/db/testing';
import { type Closer, createCloser } from '../../../../scripts/stack/closer.ts';
import type { Child } from '../../../../scripts/stack/child.ts';
import { prepareDatabase } from '../../../../scripts/stack/database.ts';
import { urlFor, waitUntilHealthy } from '../../../../scripts/stack/health.ts';
import { emptyLogs } from '../../../../scripts/stack/log-file.ts';
import { logFolder } from '../../../../scripts/stack/paths.ts';
import { graceMs, startWeb, startWorker } from '../../../../scripts/stack/processes.ts';

/** The running system behind the page, and what specs may do to it. */
export interface E2eStack {
  /** Of the dashboard. */
  readonly url: string;
  readonly databaseUrl: string;
  /** `kill -9` of the dashboard, then a new one on the same port; resolves when it is healthy. */
  restartWeb(): Promise<void>;
  /** `kill -9` of every worker. */
  killWorker(): Promise<void>;
  /** One more worker; resolves when the dashboard reports a live one. */
  startWorker(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A throw-away Postgres with the catalogue in it, the built dashboard and one built worker.
 * @param name of the folder for their logs
 */
export async function startE2eStack(port: number, name: string): Promise<E2eStack> {
  const closer = createCloser((error) => console.error(error));
  try {
    return await start(port, name, closer);
  } catch (error) {
    await closer.close();
    throw error;
  }
}

async function start(port: number, name: string, closer: Closer): Promise<E2eStack> {
  const cluster = startTestCluster({ migrate: (url) => prepareDatabase(url, {}) });
  await closer.use(cluster, (started) => started.stop());
  const { url: databaseUrl } = await createTestDatabase();
  const runtime = {
    host: '127.0.0.1',
    port,
    databaseUrl,
    serviceUrls: {},
    instance: randomBytes(8).toString('hex'),
    logFolder: path.join(logFolder, name),
  };
  emptyLogs(runtime.logFolder);

  let web = startWeb(runtime);
  closer.add(() => web.stop(graceMs.web));
  const workers = new Set<Child>();
  closer.add(async () => {
    await Promise.all([...workers].map((worker) => worker.stop(graceMs.worker)));
  });
  const url = urlFor(runtime.host, port);
  const healthy = () => waitUntilHealthy(url, runtime.instance, web);
  let workersStarted = 0;
  const addWorker = async () => {
    workersStarted += 1;
    workers.add(startWorker(runtime, workersStarted));
    await healthy();
  };
  await addWorker();

  return {
    url,
    databaseUrl,
    restartWeb: async () => {
      await web.kill();
      web = startWeb(runtime);
      await healthy();
    },
    killWorker: async () => {
      await Promise.all([...workers].map((worker) => worker.kill()));
      workers.clear();
    },
    startWorker: addWorker,
    stop: () => closer.close(),
  };
}
