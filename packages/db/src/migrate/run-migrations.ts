import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { openSingle } from '../tx/single.ts';

export interface MigrationSet {
  /** A URL whose user may create schemas and roles. */
  readonly url: string;
  /** Folder that drizzle-kit wrote. */
  readonly folder: string;
  /** Name of the set; its journal is the table `migrations.{name}`. */
  readonly name: string;
}

/** Any constant: all processes that migrate a database queue behind the same lock. */
const migrationLock = 7_263_001;

/**
 * Brings a database up to date, forward only. Processes that start at once take turns behind an
 * advisory lock, so each migration runs once.
 */
export async function runMigrations({ url, folder, name }: MigrationSet): Promise<void> {
  // Its own connection: drizzle rewires the parsers of the client it is given.
  const sql = openSingle(url);
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(sql), {
      migrationsFolder: folder,
      migrationsSchema: 'migrations',
      migrationsTable: name,
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
