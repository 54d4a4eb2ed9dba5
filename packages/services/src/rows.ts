import { RaceLostError } from '@counterstep/db/barrier';

/**
 * Checks that a statement wrote as many rows as it was meant to. Fewer mean that a concurrent batch was
 * faster: the barrier rolls back and runs again, and then sees what the other one wrote.
 *
 * @throws RaceLostError
 */
export function expectRows(rows: readonly unknown[], expected: number, what: string): void {
  if (rows.length !== expected) {
    throw new RaceLostError(`${what}: ${rows.length} rows instead of ${expected}.`);
  }
}
