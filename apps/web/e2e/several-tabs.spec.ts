import type { Page } from '@playwright/test';
import { clearFaults, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));

/** As many connections as a browser has for one HTTP/1.1 origin; one stays free for requests. */
const besideEachOther = 5;
const inTheBackground = 4;

const phase = (page: Page) => page.locator('.live');

test('several tabs beside each other are live over HTTP/1.1', async ({ context, request }) => {
  const pages = await Promise.all(Array.from({ length: besideEachOther }, () => context.newPage()));
  for (const page of pages) {
    await page.goto('/sagas?tab=all');
    await expect(phase(page)).toHaveAttribute('data-phase', 'live');
  }
  await placeOrder(request);
  for (const page of pages) await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
});

test('tabs in the background let go of their stream, and catch up when looked at', async ({
  context,
  request,
}) => {
  test.slow();
  const pages = [];
  // More than there are connections: the last one could not even load while all held one.
  for (let tab = 0; tab < besideEachOther + inTheBackground; tab += 1) {
    const page = await context.newPage();
    // A headless browser shows all of its tabs at once: each is told whether it is seen.
    await page.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', {
        get: () => (window.name === 'hidden' ? 'hidden' : 'visible'),
      });
    });
    await page.goto('/');
    await expect(phase(page)).toHaveAttribute('data-phase', 'live');
    await show(page, false);
    await expect(phase(page)).toHaveAttribute('data-phase', 'connecting');
    pages.push(page);
  }
  await placeOrder(request);
  for (const page of [pages[0], pages.at(-1)]) {
    if (!page) throw new Error('no page');
    const completed = page.locator('[data-count="completed"] b');
    const before = Number((await completed.textContent())?.replaceAll('\u00a0', ''));
    await show(page, true);
    await expect(phase(page)).toHaveAttribute('data-phase', 'live');
    await expect(completed).toHaveText(String(before + 1));
    await show(page, false);
  }
});

async function show(page: Page, isSeen: boolean): Promise<void> {
  await page.evaluate(
    (name) => {
      window.name = name;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isSeen ? 'seen' : 'hidden',
  );
}
