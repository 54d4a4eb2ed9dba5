import type { Locator, Page } from '@playwright/test';
import { clearFaults } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));
test.afterEach(({ request }) => clearFaults(request));

/** More stops than any page has before its end. */
const stopsMax = 80;

/** Goes there as somebody without a pointer does, and shows that the way exists and the ring is drawn. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < stopsMax; stops += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) {
      const ring = await target.evaluate((element) => {
        const framed = element.closest('.field') ?? element;
        return getComputedStyle(framed).outlineStyle;
      });
      expect(ring).toBe('solid');
      return;
    }
  }
  throw new Error(`Tab does not reach ${String(target)}`);
}

async function pressAt(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

test('place, break, watch and resolve, with the keyboard alone', async ({ page }) => {
  test.slow();
  await page.goto('/');
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');

  // Break: the confirmation after the pivot will say no, once.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('failures');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/failures');
  await pressAt(page, page.locator('[data-operation="order.confirm"]'));
  const kinds = page.getByRole('radio');
  await tabTo(page, kinds.and(page.locator(':checked')));
  const rejects = page.getByRole('radio', { name: /^Rejects/ });
  for (let kind = 0; kind < (await kinds.count()); kind += 1) {
    if (await rejects.isChecked()) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(rejects).toBeChecked();
  await tabTo(page, page.getByLabel('Number of calls'));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1');
  await pressAt(page, page.getByRole('button', { name: 'Switch it on' }));
  await expect(page.getByRole('region', { name: 'Active faults' })).toContainText('order.confirm');

  // Place.
  await page.getByRole('heading', { name: 'Failures' }).waitFor();
  await page.keyboard.press('n');
  await page.waitForURL('**/orders/new');
  await pressAt(page, page.getByRole('button', { name: 'Place the order' }));

  // Watch.
  await page.waitForURL(/\/sagas\/[0-9a-f-]{36}/);
  await expect(page.locator('.badge')).toHaveText('Stuck, forward');

  // Resolve.
  await pressAt(page, page.locator('[data-action="settle"]'));
  await tabTo(page, page.getByLabel('Reason, for the audit log'));
  await page.keyboard.type('confirmed by telephone');
  await pressAt(page, page.getByRole('button', { name: 'Settle it' }));
  await expect(page.locator('.badge')).toHaveText('Resolved');
});
