import { startTestCluster } from '@counterstep/db/testing';
import { migrateEverything } from '@counterstep/services/migrate';

/** Runs once, before the integration tests; what it returns runs after them. */
export default async function setup(): Promise<() => Promise<void>> {
  const cluster = await startTestCluster({ migrate: (main) => migrateEverything({ main }) });
  return () => cluster.stop();
}
