import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.ts';

const variable = 'COUNTERSTEP_TEST_WORKER';

/**
 * Builds the worker once for all tests that start processes of it, dozens in all.
 *
 * @returns removes it
 */
export async function buildWorkerProgram(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'counterstep-worker-'));
  const file = path.join(folder, 'worker.mjs');
  await bundle(fileURLToPath(new URL('../src/main.ts', import.meta.url)), file);
  process.env[variable] = file;
  return async () => {
    delete process.env[variable];
    await rm(folder, { recursive: true, force: true });
  };
}

/** The worker as one file. */
export function workerProgram(): string {
  const file = process.env[variable];
  if (file === undefined) throw new Error('The worker is built by the global set-up of the tests.');
  return file;
}
