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

/** What specs may do to the running system, by name. */
export interface Controls {
  /** `kill -9` of the dashboard, then a new one on the same port; resolves when it is healthy. */
  restartWeb(): Promise<void>;
  /** `kill -9` of every worker. */
  killWorker(): Promise<void>;
  /** One more worker; resolves when the dashboard reports a live one. */
  startWorker(): Promise<void>;
}

export interface E2eStack extends Controls {
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** A throw-away Postgres with the catalogue in it, the built dashboard and one built worker. */
export async function startE2eStack(port: number): Promise<E2eStack> {
  const closer = createCloser((error) => console.error(error));
  try {
    return await start(port, closer);
  } catch (error) {
    await closer.close();
    throw error;
  }
}

async function start(port: number, closer: Closer): Promise<E2eStack> {
  const cluster = startTestCluster({ migrate: (url) => prepareDatabase(url, {}) });
  await closer.use(cluster, (started) => started.stop());
  const { url: databaseUrl } = await createTestDatabase();
  const runtime = {
    host: '127.0.0.1',
    port,
    databaseUrl,
    serviceUrls: {},
    instance: randomBytes(8).toString('hex'),
    logFolder: path.join(logFolder, 'e2e'),
  };
  emptyLogs(runtime.logFolder);

  let web = startWeb(runtime);
  closer.add(() => web.stop(graceMs.web));
  const workers = new Set<Child>();
  closer.add(async () => {
    await Promise.all([...workers].map((worker) => worker.stop(graceMs.worker)));
  });
  const healthy = () => waitUntilHealthy(urlFor(runtime.host, port), runtime.instance, web);
  let workersStarted = 0;
  const addWorker = async () => {
    workersStarted += 1;
    workers.add(startWorker(runtime, workersStarted));
    await healthy();
  };
  await addWorker();

  return {
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
