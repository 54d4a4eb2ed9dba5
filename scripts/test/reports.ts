import { readFileSync } from 'node:fs';
import type { Tally } from './tally.ts';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly flaky: number;
    readonly unexpected: number;
  };
}

/** Counts of vitest's JSON reporter. Undefined when it wrote none. */
export function vitestTally(file: string): Tally | undefined {
  const report = read(file) as VitestReport | undefined;
  if (!report) return undefined;
  // A file that cannot even be loaded has no tests to fail.
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** Counts of Playwright's JSON reporter. A flaky test failed once: it counts as failed. */
export function playwrightTally(file: string): Tally | undefined {
  const stats = (read(file) as PlaywrightReport | undefined)?.stats;
  return stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** Counts as a script of this repository writes them itself. */
export function scriptTally(file: string): Tally | undefined {
  return read(file) as Tally | undefined;
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
