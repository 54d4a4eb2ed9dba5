import { flowsOf, rebuildSagas, type RebuildOptions, type Rebuilt } from '@counterstep/db/tracker';
import { createPool } from '@counterstep/db/tx';
import { type DatabaseUrls, openServiceDatabases, serviceNames } from './databases.ts';
import { placeOrderChoreography } from './place-order/choreography.ts';

/** Writes the logs of all choreographed orders anew from the four outboxes; workers may go on meanwhile. */
export async function rebuildTracker(
  urls: DatabaseUrls,
  options?: RebuildOptions,
): Promise<Rebuilt> {
  const applicationName = 'counterstep rebuild';
  const saga = createPool({
    url: urls.main,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName,
  });
  const databases = openServiceDatabases(urls, { applicationName });
  try {
    const services = new Map(serviceNames.map((service) => [service, databases[service]]));
    return await rebuildSagas(saga, flowsOf([placeOrderChoreography]), services, options);
  } finally {
    await Promise.all([saga.end(), databases.end()]);
  }
}
