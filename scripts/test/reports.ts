import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../stack/paths.ts';
import type { Tally } from './tally.ts';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly file: string;
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
}

interface PlaywrightReport extends PlaywrightSuite {
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
  const results = report.testResults;
  // A file that cannot even be loaded has no tests to fail.
  const broken = results.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failures = [
    ...broken.map(({ name, message }) => sentence(path.relative(repository, name), message)),
    ...results.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) =>
          sentence(`${path.relative(repository, name)} › ${fullName}`, failureMessages?.[0]),
        ),
    ),
  ];
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    failures,
  };
}

/** Counts of Playwright's JSON reporter. A flaky test failed once: it counts as failed. */
export function playwrightTally(file: string): Tally | undefined {
  const report = read(file) as PlaywrightReport | undefined;
  if (!report) return undefined;
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky, failures: failedSpecs(report) };
}

function failedSpecs({ suites = [], specs = [] }: PlaywrightSuite): string[] {
  const failed = specs.filter(({ tests }) =>
    tests.some(({ status }) => status === 'unexpected' || status === 'flaky'),
  );
  return [...failed.map(({ file, title }) => `${file} › ${title}`), ...suites.flatMap(failedSpecs)];
}

/** Counts as a script of this repository writes them itself. */
export function scriptTally(file: string): Tally | undefined {
  return read(file) as Tally | undefined;
}

/** The name and the first line of what went wrong. */
function sentence(name: string, message = ''): string {
  const [line = ''] = message.trim().split('\n');
  return line ? `${name}: ${line}` : name;
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
