import { fileURLToPath } from 'node:url';
import { runMigrations } from './run-migrations.ts';

export { type MigrationSet, runMigrations } from './run-migrations.ts';

/** Creates or updates the schema `saga` and the engine's role. */
export async function migrateSaga(url: string): Promise<void> {
  const folder = fileURLToPath(new URL('../../migrations', import.meta.url));
  await runMigrations({ url, folder, name: 'saga' });
}
