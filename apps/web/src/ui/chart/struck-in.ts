import type { ChartData } from './types.ts';

/** All that struck within a row's time, each by its own name: a table has room for it. */
export function struckIn(
  { atMs, bands, toMs }: Pick<ChartData, 'atMs' | 'bands' | 'toMs'>,
  index: number,
): readonly string[] {
  const [from, to] = [atMs[index] ?? toMs, atMs[index + 1] ?? toMs];
  const struck = bands
    .flatMap(({ spans }) => spans)
    .filter((span) => span.fromMs < to && from < span.toMs)
    .map(({ word }) => word);
  return [...new Set(struck)];
}
