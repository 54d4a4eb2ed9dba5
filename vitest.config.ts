import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const integration = [
  '{packages,apps,examples}/*/{src,test}/**/*.integration.test.{ts,tsx}',
  'scripts/**/*.integration.test.ts',
];

// Files share a process: loading everything again for each took a third of the time.
const shared = { isolate: false, testTimeout: 30_000 };

// Unit tests touch no process and no database. Integration tests have a Postgres of their own: one
// throw-away cluster for the run, one database for each file that asks.
export default defineConfig({
  test: {
    projects: [
      {
        // The dashboard's own name for its source folder.
        resolve: { alias: { '@': path.resolve(import.meta.dirname, 'apps/web/src') } },
        test: {
          ...shared,
          name: 'unit',
          include: [
            '{packages,apps,examples}/*/{src,test}/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', ...integration],
          maxWorkers: availableParallelism(),
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          include: integration,
          // Here and not at the root: unit tests alone should not wait for a server.
          globalSetup: ['./vitest.global-setup.ts'],
          hookTimeout: 60_000,
          // Each system under test keeps a core busy and a database another: with less to each,
          // deadlines and leases that are right on an idle machine begin to pass.
          maxWorkers: Math.max(1, Math.floor(availableParallelism() / 2)),
        },
      },
    ],
    passWithNoTests: true,
  },
});
