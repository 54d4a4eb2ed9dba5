import { startTestCluster } from '@counterstep/db/testing';
import { migrateEverything } from '@counterstep/services/migrate';
import { buildWorkerProgram } from './apps/worker/test/program.ts';

/** Runs once, before the integration tests; what it returns runs after them. */
export default async function setup(): Promise<() => Promise<void>> {
  const cluster = await startTestCluster({ migrate: (main) => migrateEverything({ main }) });
  const removeProgram = await buildWorkerProgram();
  return async () => {
    await removeProgram();
    await cluster.stop();
  };
}
