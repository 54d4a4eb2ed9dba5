import { expect, test as base } from '@playwright/test';
import type { Controls } from './stack/e2e-stack.ts';

export { expect } from '@playwright/test';

/** The running system behind the page: `stack.databaseUrl`, `stack.killWorker()` and the like. */
export interface Stack extends Controls {
  readonly databaseUrl: string;
}

export const test = base.extend<object, { stack: Stack }>({
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures here.
    async ({}, use) => {
      await use({
        databaseUrl: process.env.COUNTERSTEP_E2E_DATABASE ?? '',
        restartWeb: () => control('restartWeb'),
        killWorker: () => control('killWorker'),
        startWorker: () => control('startWorker'),
      });
    },
    { scope: 'worker' },
  ],
  // A page that throws, or is not hydrated as it came, is broken whatever else it shows.
  page: async ({ page }, run) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await run(page);
    expect(errors).toEqual([]);
  },
});

async function control(action: keyof Controls): Promise<void> {
  const response = await fetch(`${process.env.COUNTERSTEP_E2E_CONTROL}/${action}`);
  if (!response.ok) throw new Error(`${action}: ${await response.text()}`);
}
