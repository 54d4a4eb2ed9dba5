import { defineConfig, devices } from '@playwright/test';
import { freePort } from '../../scripts/stack/port.ts';
import { findBrowser } from './e2e/browser/find-browser.ts';
import { type Candidate, launchOptions } from './e2e/browser/launch-options.ts';

// Every worker loads this file again: what the first one decided comes to the others in the
// environment.
process.env.COUNTERSTEP_E2E_BROWSER ??= JSON.stringify(await findBrowser());
process.env.COUNTERSTEP_E2E_PORT ??= `${await freePort()}`;
const browser = JSON.parse(process.env.COUNTERSTEP_E2E_BROWSER) as Candidate;
const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: './test-results',
  globalSetup: './e2e/global-setup.ts',
  // One dashboard and one worker process serve all specs; some of them kill these.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `http://127.0.0.1:${process.env.COUNTERSTEP_E2E_PORT}`,
    launchOptions: launchOptions(browser),
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    // Video needs another download.
    video: 'off',
  },
});
