import { availableParallelism } from 'node:os';
import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from './e2e/browser/find-browser.ts';
import { type Candidate, launchOptions } from './e2e/browser/launch-options.ts';

// Every worker loads this file again: what the first one decided comes to the others in the
// environment.
process.env.COUNTERSTEP_E2E_BROWSER ??= JSON.stringify(await findBrowser());
const browser = JSON.parse(process.env.COUNTERSTEP_E2E_BROWSER) as Candidate;
const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: './test-results',
  // Each has a Postgres, a dashboard and a worker of its own, which some specs kill.
  workers: Math.max(1, availableParallelism()),
  timeout: 30_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: launchOptions(browser),
    screenshot: 'only-on-failure',
    // Without its film strip, which takes an eighth of the time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    // Video needs another download.
    video: 'off',
  },
});
