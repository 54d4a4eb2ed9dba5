import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const integration = ['{packages,apps}/*/{src,test}/**/*.integration.test.{ts,tsx}'];

// Unit tests touch no process and no database. Integration tests have a Postgres of their own: one
// throw-away cluster for the run, one database for each file that asks.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps}/*/{src,test}/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...integration],
        },
      },
      {
        test: {
          name: 'integration',
          include: integration,
          // Here and not at the root: unit tests alone should not wait for a server.
          globalSetup: ['./vitest.global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
    passWithNoTests: true,
    // Integration tests wait more than they compute: two at a time, on one core as well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
