import { clearFaults, query } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));

for (const style of ['Orchestration', 'Choreography'] as const) {
  test(`an order in ${style.toLowerCase()} completes before the reader's eyes`, async ({
    page,
  }) => {
    await page.goto('/orders/new');
    await page.getByRole('radio', { name: style }).check();
    await page.getByRole('button', { name: 'Place the order' }).click();
    await page.waitForURL(/\/sagas\/[0-9a-f-]{36}/);
    // Set now, gone after a reload: what follows must come over the stream.
    await page.evaluate(() => document.body.setAttribute('data-loaded-once', 'yes'));
    await expect(page.locator('.badge')).toHaveText('Completed');
    await expect(page.locator('[data-step="order.confirm"]')).toHaveAttribute(
      'data-status',
      'succeeded',
    );
    await expect(page.locator('tr[data-type="SagaCompleted"]')).toBeVisible();
    await expect(page.locator('.bal')).toContainText('Order: confirmed');
    await expect(page.locator('body')).toHaveAttribute('data-loaded-once', 'yes');
  });
}

test('a double click gives one order, and the page says so', async ({ page, request }) => {
  await page.goto('/orders/new');
  await page.getByLabel('Customer', { exact: true }).selectOption('linden-hotel');
  const before = await query<{ items: unknown[] }>(request, 'sagas.list', {
    search: 'linden-hotel',
  });
  await page.getByRole('button', { name: 'Place the order' }).dblclick();
  await page.waitForURL(/\/sagas\/[0-9a-f-]{36}/);
  await expect(page.getByText('Same order, not a second one')).toBeVisible();
  await expect(page.locator('.badge')).toHaveText('Completed');
  const after = await query<{ items: unknown[] }>(request, 'sagas.list', {
    search: 'linden-hotel',
  });
  expect(after.items).toHaveLength(before.items.length + 1);
});

test('a wrong quantity is said at its field and nothing is sent', async ({ page }) => {
  await page.goto('/orders/new');
  const quantity = page.getByLabel('Quantity of line 1');
  await quantity.fill('0');
  await page.getByRole('button', { name: 'Place the order' }).click();
  await expect(page.getByText('Order a whole number of at least 1.')).toBeVisible();
  await expect(quantity).toHaveAttribute('aria-invalid', 'true');
  await quantity.fill('999999999999');
  await expect(page.getByText(/Order at most 10.000 of a product\./)).toBeVisible();
  await expect(page.locator('main')).not.toContainText('will say no');
  await expect(page.locator('main header').first()).not.toContainText('€');
  await expect(page).toHaveURL(/\/orders\/new$/);
});

test('N opens the order form from anywhere', async ({ page }) => {
  await page.goto('/workers');
  await expect(page.locator('.live[data-phase="live"]')).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { name: 'Place an order' })).toBeVisible();
});

for (const style of ['Orchestration', 'Choreography', 'Both'] as const) {
  test(`what will happen stays within its card: ${style.toLowerCase()}`, async ({ page }) => {
    await page.goto('/orders/new');
    await page.getByRole('radio', { name: style }).check();
    for (const width of [390, 1280, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const cards = [...document.querySelectorAll('main .card')];
        return [scrollWidth - clientWidth, ...cards.map((c) => c.scrollWidth - c.clientWidth)];
      });
      expect(Math.max(...overflow), `${width} px`).toBeLessThanOrEqual(0);
    }
  });
}
