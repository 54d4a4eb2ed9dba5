import { AxeBuilder } from '@axe-core/playwright';
import { clearFaults, mutate, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';

const pages = ['/', '/orders/new', '/failures', '/sagas?tab=all', '/launch', '/audit', '/workers'];
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

let saga = '';

test.beforeAll(async ({ request }) => {
  await clearFaults(request);
  const rule = { service: 'payment', operation: 'payment.charge', nextCalls: 1 };
  await mutate(request, 'faults.set', { ...rule, kind: 'fail-after-commit' });
  await placeOrder(request);
  await mutate(request, 'faults.set', { ...rule, kind: 'reject' });
  saga = `/sagas/${(await placeOrder(request)).sagaId}`;
  // One that stays, so that the fault bar and an active cell are looked at too.
  await mutate(request, 'faults.set', {
    service: 'inventory',
    operation: 'inventory.release',
    kind: 'delay',
    delayMs: 1,
  });
});

test.afterAll(({ request }) => clearFaults(request));

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    test(`axe finds nothing, ${theme}, ${size.width} px`, async ({ page }) => {
      test.slow();
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme });
      for (const path of [...pages, saga]) {
        await page.goto(path);
        await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze();
        const found = violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html ?? ''}`);
        expect(found).toEqual([]);
      }
    });
  }
}

test('no page is wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of [...pages, saga]) {
    await page.goto(path);
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
