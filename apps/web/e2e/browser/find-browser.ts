import { readCached, writeCached } from './cache.ts';
import { sources } from './candidates.ts';
import type { Candidate } from './launch-options.ts';
import { probe } from './probe.ts';

/**
 * The first browser that really launches and takes a click. What worked last time is tried first;
 * only `$E2E_CHROMIUM` goes before it.
 */
export async function findBrowser(): Promise<Candidate> {
  const cached = process.env.E2E_CHROMIUM ? undefined : await readCached();
  if (cached && (await probe(cached)) === undefined) return cached;

  const tried: string[] = [];
  for (const source of sources) {
    const candidate = await source.find().catch((error: unknown) => String(error));
    const problem = typeof candidate === 'string' ? candidate : await probe(candidate);
    if (typeof candidate !== 'string' && problem === undefined) {
      await writeCached(candidate);
      return candidate;
    }
    tried.push(`  ${source.name}: ${problem}`);
  }
  throw new Error(
    `No browser for the end-to-end tests. Tried, by launching it and clicking:\n${tried.join('\n')}\n` +
      'Set E2E_CHROMIUM to the path of a Chromium or Chrome.',
  );
}
