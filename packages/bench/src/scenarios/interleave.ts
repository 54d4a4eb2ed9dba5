import { median } from '../statistics.ts';
import type { Bench } from './scenario.ts';

/**
 * Measures several forms in turn, round after round, so that drift of the machine hits all alike.
 * Returns the median of each; the first rounds only warm up.
 */
export async function interleave<Name extends string>(
  { size, say }: Pick<Bench, 'size' | 'say'>,
  forms: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const entries = Object.entries<() => Promise<number>>(forms);
  const seen = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = 1 - size.warmUps; round <= size.rounds; round += 1) {
    for (const [name, measure] of entries) {
      const value = await measure();
      if (round < 1) continue;
      seen.get(name)?.push(value);
      say(`  round ${round} ${name.padEnd(20)} ${value.toFixed(0).padStart(6)} sagas/s`);
    }
  }
  const medians = [...seen].map(([name, values]) => [name, median(values)]);
  return Object.fromEntries(medians) as Record<Name, number>;
}
