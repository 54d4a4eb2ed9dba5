import { AxeBuilder } from '@axe-core/playwright';
import { clearFaults, mutate, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';
import { startTrip } from './trips.ts';

const pages = [
  '/',
  '/orders/new',
  '/sagas/new',
  '/failures',
  '/sagas?tab=all',
  '/launch',
  '/audit',
  '/workers',
];
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const sagas: string[] = [];

const paths = () => [...pages, ...sagas.map((id) => `/sagas/${id}`)];

test.beforeAll(async ({ request }) => {
  await clearFaults(request);
  const rule = { service: 'payment', operation: 'payment.charge', nextCalls: 1 };
  await mutate(request, 'faults.set', { ...rule, kind: 'fail-after-commit' });
  await placeOrder(request);
  await mutate(request, 'faults.set', { ...rule, kind: 'reject' });
  sagas.push((await placeOrder(request)).sagaId, (await startTrip(request)).sagaId);
  // One that stays, so that the fault bar and an active cell are looked at too.
  await mutate(request, 'faults.set', {
    service: 'inventory',
    operation: 'inventory.release',
    kind: 'delay',
    delayMs: 1,
  });
});

test.afterAll(({ request }) => clearFaults(request));

for (const size of sizes) {
  test(`axe finds nothing in both themes, and nothing is too wide, ${size.width} px`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize(size);
    for (const path of paths()) {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(path);
      await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      expect(await violations(new AxeBuilder({ page }).withTags(tags))).toEqual([]);
      // The other theme changes colours and nothing else.
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect(await violations(new AxeBuilder({ page }).withRules('color-contrast'))).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
  });
}

async function violations(axe: AxeBuilder): Promise<readonly string[]> {
  const { url, violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => `${url} ${id}: ${nodes[0]?.html ?? ''}`);
}
