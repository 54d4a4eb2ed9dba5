import { readSagaEffects } from '@counterstep/db/barrier';
import type { FencedEffect } from '@counterstep/saga-core/participant';
import { type ServiceDatabases, serviceNames } from './databases.ts';

/** What all four services have stored of one saga. */
export async function readEffects(
  databases: ServiceDatabases,
  sagaId: string,
): Promise<FencedEffect[]> {
  const found = await Promise.all(
    serviceNames.map((service) => readSagaEffects(databases[service], sagaId)),
  );
  return found.flat();
}
