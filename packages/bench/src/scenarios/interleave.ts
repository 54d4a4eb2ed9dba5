import { median } from '../statistics.ts';
import type { Bench } from './scenario.ts';

/** Measures once. What it notes beside its value must leave out the rounds that do not count. */
type Form = (isCounted: boolean) => Promise<number>;

/**
 * Measures several forms in turn, round after round, so that drift of the machine hits all alike.
 * Returns the median of each; the first rounds only warm up and do not count.
 */
export async function interleave<Name extends string>(
  { size, say }: Pick<Bench, 'size' | 'say'>,
  forms: Readonly<Record<Name, Form>>,
): Promise<Record<Name, number>> {
  const entries = Object.entries<Form>(forms);
  const seen = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = 1 - size.warmUps; round <= size.rounds; round += 1) {
    for (const [name, measure] of entries) {
      const isCounted = round >= 1;
      const value = await measure(isCounted);
      if (!isCounted) continue;
      seen.get(name)?.push(value);
      say(`  round ${round} ${name.padEnd(20)} ${value.toFixed(0).padStart(6)} sagas/s`);
    }
  }
  const medians = [...seen].map(([name, values]) => [name, median(values)]);
  // The names are those of the forms; `fromEntries` types them as any text.
  return Object.fromEntries(medians) as Record<Name, number>;
}
