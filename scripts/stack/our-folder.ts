import { readdir } from 'node:fs/promises';
import { shown } from './paths.ts';
import { UsageError } from './usage-error.ts';

/** What we leave in a folder for a database: the cluster, or where it is. */
const ours = new Set(['cluster', 'location']);

/**
 * Looks whether a folder for a database is new, or was made by us: another one must neither be used nor
 * deleted.
 *
 * @throws a `UsageError` when somebody else has something there
 */
export async function checkOurs(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0 || names.some((name) => ours.has(name))) return;
  throw new UsageError(
    `${shown(folder)} holds something that Counterstep has not put there. Set DATA_DIR to another folder.`,
  );
}
