import { fileURLToPath } from 'node:url';
import { migrateSaga, runMigrations } from '@counterstep/db/migrate';
import { type DatabaseUrls, serviceNames, services, urlOf } from './services.ts';

/**
 * Brings the saga schema and the four services up to date, each at its own URL. Forward only, safe
 * when several processes start at once. The URLs' users must be allowed to create schemas and roles.
 * To be run from source: the migrations are found relative to this file.
 */
export async function migrateEverything(urls: DatabaseUrls): Promise<void> {
  await migrateSaga(urls.main);
  for (const service of serviceNames) {
    const folder = fileURLToPath(new URL(`../migrations/${service}`, import.meta.url));
    await runMigrations({ url: urlOf(urls, service), folder, name: services[service].schema });
  }
}
