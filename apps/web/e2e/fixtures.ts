import { expect, test as base } from '@playwright/test';
import { freePort } from '../../../scripts/stack/port.ts';
import { type E2eStack, startE2eStack } from './stack/e2e-stack.ts';

export { expect } from '@playwright/test';

const startMsMax = 120_000;

export const test = base.extend<object, { stack: E2eStack }>({
  // One for each process of the runner: specs kill its parts, and two at once disturb nobody.
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures here.
    async ({}, use, { workerIndex }) => {
      const stack = await startE2eStack(await freePort(), `e2e-${workerIndex}`);
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: startMsMax },
  ],
  baseURL: ({ stack }, run) => run(stack.url),
  // A page that throws, or is not hydrated as it came, is broken whatever else it shows.
  page: async ({ page }, run) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await run(page);
    expect(errors).toEqual([]);
  },
});
