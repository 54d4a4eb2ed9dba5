import type { Route } from '@playwright/test';
import { clearFaults, placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));
test.afterAll(({ request }) => clearFaults(request));

/** Answers the list as an empty system would; everything else is the real one. */
async function withoutSagas(route: Route): Promise<void> {
  const response = await route.fetch();
  const names = new URL(route.request().url()).pathname.split('/').at(-1)?.split(',') ?? [];
  const body: unknown = await response.json();
  const empty = { result: { data: { items: [] } } };
  const answers = Array.isArray(body) ? body : [body];
  const changed = answers.map((answer: unknown, index) =>
    names[index] === 'sagas.list' ? empty : answer,
  );
  await route.fulfill({ response, json: Array.isArray(body) ? changed : changed[0] });
}

test('the demo of an empty system opens a good and a failing order side by side', async ({
  page,
  request,
}) => {
  await page.route('**/api/trpc/**sagas.list**', withoutSagas);
  await page.goto('/');
  await page.getByRole('button', { name: 'Run the demo' }).click();
  await page.waitForURL(/\/compare\?a=[0-9a-f-]{36}&b=[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One order, placed twice');
  await expect(page.locator('.ab .card').first()).toHaveAttribute('data-status', 'completed');
  await expect(page.locator('.ab .card').last()).toHaveAttribute('data-status', 'compensated');
  await expect(page.locator('.say')).toContainText('it said no in the second one');
  expect(await query<unknown[]>(request, 'faults.list')).toEqual([]);
});

test('place, break, watch: counts, throughput, invariants and the newest saga', async ({
  page,
  request,
}) => {
  const { sagaId } = await placeOrder(request);
  await page.goto('/');
  await expect(page.locator(`tr[data-saga="${sagaId}"]`)).toHaveAttribute(
    'data-status',
    'completed',
  );
  await expect(page.locator('[data-invariants="hold"]')).toBeVisible();
  await expect(page.locator('.chart canvas')).toBeVisible();
  await page.getByRole('button', { name: 'Decline cards' }).click();
  await expect(page.getByRole('region', { name: 'Active faults' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.getByRole('region', { name: 'Active faults' })).toHaveCount(0);
});

test('the chart is as high as the card beside it leaves it', async ({ page }) => {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.goto('/');
    await expect(page.locator('[data-invariants]')).toBeVisible();
    await expect(page.locator('.two .chart canvas')).toBeVisible();
    const card = await page.locator('.two .chart-card').boundingBox();
    const chart = await page.locator('.two .chart').boundingBox();
    if (!card || !chart) throw new Error('Nothing is drawn.');
    const below = card.y + card.height - (chart.y + chart.height);
    expect(below, `${size.width} px`).toBeLessThanOrEqual(12);
  }
});
