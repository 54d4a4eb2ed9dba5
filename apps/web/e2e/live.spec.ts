import { clearFaults, mutate, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));

test('the stream survives a restart of the dashboard without a gap', async ({
  page,
  request,
  stack,
}) => {
  test.slow();
  const set = await mutate(request, 'faults.set', {
    service: 'shipment',
    operation: 'shipment.initiate',
    kind: 'fail-before-commit',
    nextCalls: 3,
  });
  expect(set.ok()).toBe(true);
  const { sagaId } = await placeOrder(request);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
  await page.evaluate(() => document.body.setAttribute('data-loaded-once', 'yes'));

  await stack.restartWeb();
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
  await expect(page.locator('.badge')).toHaveText('Completed');
  const numbers = await page.locator('table.log td.q').allTextContents();
  expect(numbers.map(Number)).toEqual(numbers.map((_, index) => index + 1));
  await expect(page.locator('body')).toHaveAttribute('data-loaded-once', 'yes');

  // And it goes on: a saga placed now moves on the same page, without a reload.
  await page.getByRole('link', { name: 'Overview' }).first().click();
  const completed = page.locator('[data-count="completed"] b');
  const before = Number(await completed.textContent());
  await placeOrder(request);
  await expect(completed).toHaveText(String(before + 1));
  await expect(page.locator('body')).toHaveAttribute('data-loaded-once', 'yes');
});

test('new sagas gather behind a button instead of moving rows', async ({ page, request }) => {
  await placeOrder(request);
  await page.goto('/sagas?tab=all');
  const first = page.locator('tbody tr').first();
  const before = await first.getAttribute('data-saga');
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
  await placeOrder(request);
  const fresh = page.getByRole('button', { name: '1 new' });
  await expect(fresh).toBeVisible();
  await expect(first).toHaveAttribute('data-saga', before ?? '');
  await fresh.click();
  await expect(first).not.toHaveAttribute('data-saga', before ?? '');
});

test('a saga waits while no worker lives, and goes on when one comes', async ({
  page,
  request,
  stack,
}) => {
  test.slow();
  await stack.killWorker();
  const { sagaId } = await placeOrder(request);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Pending');
  await stack.startWorker();
  await expect(page.locator('.badge')).toHaveText('Completed', { timeout: 30_000 });
});

test('a launch is counted to its end, with what was chosen to go wrong', async ({
  page,
  request,
}) => {
  await page.goto('/launch');
  await page.getByLabel('Orders').fill('40');
  await page.getByLabel('Style').selectOption('both');
  await page.getByLabel('What goes wrong').selectOption('decline');
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  await page.waitForURL(/\/launch\/[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { name: 'Done' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Show its sagas' }).click();
  await expect(page.getByRole('link', { name: 'All 80' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Compensated [1-9]/ })).toBeVisible();
  await clearFaults(request);
});
