import { cpus, loadavg } from 'node:os';
import type { Figure } from './scenario.ts';

/** What has become of one scenario. */
export interface Outcome {
  readonly name: string;
  readonly does: string;
  readonly figures: readonly Figure[];
  /** Why it failed, or why its books are wrong. */
  readonly error?: string;
}

export function toJson(outcomes: readonly Outcome[]): string {
  const scenarios = outcomes.map(({ figures, ...outcome }) => ({
    ...outcome,
    figures: figures.map((figure) => ({ ...figure, ofHappy: ofHappy(figure) ?? null })),
  }));
  return JSON.stringify({ scenarios });
}

/** How the figure stands against that of the happy path. */
export function ofHappy({ value, happy }: Figure): number | undefined {
  return happy === undefined ? undefined : Number((value / happy).toFixed(2));
}

export function tableOf(outcomes: readonly Outcome[]): string {
  const lines = outcomes.flatMap(({ name, figures }) =>
    figures.map((figure) => ({
      name,
      what: figure.what,
      value: `${figure.value.toFixed(figure.digits ?? 0)} ${figure.unit}`.trim(),
      ratio: ofHappy(figure)?.toFixed(2) ?? '',
    })),
  );
  const width = (of: (line: (typeof lines)[number]) => string) =>
    Math.max(0, ...lines.map((line) => of(line).length));
  const [names, whats, values] = [
    width(({ name }) => name),
    width(({ what }) => what),
    width(({ value }) => value),
  ];
  const rows = lines.map(({ name, what, value, ratio }) =>
    `${name.padEnd(names)}  ${what.padEnd(whats)}  ${value.padStart(values)}  ${ratio.padStart(13)}`.trimEnd(),
  );
  return [
    `${''.padEnd(names + whats + values + 4)}  of happy path`,
    ...rows,
    ...outcomes.map(
      ({ name, error }) => `${error ? '✗' : '✓'} ${name}${error ? `: ${error}` : ''}`,
    ),
  ].join('\n');
}

/** Whoever reads figures wants to know what they were taken on. */
export const machine = (): string =>
  `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;

/** Processes that want to run, over the last minute: above the number of cores, others wait. */
export const load = (): string => (loadavg()[0] ?? Number.NaN).toFixed(1);
