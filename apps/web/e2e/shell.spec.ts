import { clearFaults, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ page, request }) => {
  await clearFaults(request);
  await page.goto('/');
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
});
test.afterEach(({ request }) => clearFaults(request));

test('the palette finds a saga by its order and by its end, and opens it', async ({
  page,
  request,
}) => {
  const { sagaId, orderId } = await placeOrder(request);
  const palette = page.getByRole('dialog', { name: 'Find and do' });
  for (const text of [orderId, sagaId.slice(-7)]) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(text);
    await expect(palette.getByRole('option').first()).toContainText(sagaId.slice(-7));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/sagas/${sagaId}`);
    await expect(palette).toBeHidden();
    await page.goto('/');
    await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
  }
});

test('the palette breaks, says so, and clears; what cannot be done says why', async ({ page }) => {
  const palette = page.getByRole('dialog', { name: 'Find and do' });
  await page.getByRole('button', { name: 'Find a saga, order, command' }).click();
  await expect(palette.getByRole('option', { name: /Clear all faults/ })).toContainText(
    'no fault is active',
  );
  await page.keyboard.type('lose rep');
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('Lose replies: on');
  const bar = page.getByRole('region', { name: 'Active faults' });
  await expect(bar).toContainText('payment.charge commits, then loses its reply, 5 more calls.');
  await page.keyboard.press('/');
  await page.keyboard.type('clear');
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast').last()).toContainText('1 fault cleared');
  await expect(bar).toBeHidden();
});

test('theme and times are chosen in the palette and stay', async ({ page }) => {
  for (const text of ['theme dark', 'times ago']) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('button', { name: 'Ago' })).toHaveAttribute('aria-pressed', 'true');
});

test('the field of the palette takes what is typed before the palette is here', async ({
  page,
}) => {
  // Otherwise it comes while the page is idle.
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  await page.reload();
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
  let arrive = (): void => undefined;
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    await arrival;
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('audit');
  const dialog = page.getByRole('dialog', { name: 'Find and do' });
  await expect(dialog.getByRole('textbox')).toHaveValue('audit');
  await page.keyboard.press('Enter');
  arrive();
  await page.waitForURL('**/audit');
  await expect(dialog).toBeHidden();
});

test('a palette that cannot be loaded says so, and the page stays', async ({ page }) => {
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  await page.reload();
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
  await page.route('**/_next/static/chunks/*.js', (route) => route.abort());
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Not loaded' });
  await expect(dialog).toContainText('could not be loaded');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the palette answers what nobody can mean, and sends none of it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('sagas.list')) asked.push(decodeURIComponent(request.url()));
  });
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox');
  await field.fill('x'.repeat(10_000));
  const status = page.getByRole('dialog').getByRole('status');
  await expect(status).toContainText('this one has 10000. Nothing can match.');
  await field.fill('nobody-at-all');
  await expect(status).toContainText('No page, action or saga matches “nobody-at-all”.');
  await field.press('Enter');
  await expect(page).toHaveURL('/');
  expect(asked.filter((url) => url.includes('xxx'))).toEqual([]);
});

test('? lists the shortcuts, and single keys can be switched off', async ({ page }) => {
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
  await expect(sheet.getByText('Place an order')).toBeVisible();
  await sheet.getByLabel('Single keys are shortcuts').uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('n');
  await page.keyboard.press('?');
  // Handled after the two before it, which have done nothing.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Find and do' })).toBeVisible();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL('/');
});

test('a dialog keeps the focus and gives it back', async ({ page }) => {
  const opener = page.getByRole('button', { name: 'Find a saga, order, command' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('without a stream the page polls, and says so', async ({ page, request }) => {
  test.slow();
  const completed = page.locator('[data-count="completed"] b');
  await page.route('**/api/trpc/live*', (route) => route.abort());
  await page.reload();
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'polling', { timeout: 30_000 });
  await expect(page.locator('.asof')).toBeVisible();
  const before = Number((await completed.textContent())?.replaceAll('\u00a0', ''));
  await placeOrder(request);
  await expect(completed).toHaveText(String(before + 1), { timeout: 20_000 });
  await page.unroute('**/api/trpc/live*');
  await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live', { timeout: 20_000 });
  await expect(page.locator('.asof')).toBeHidden();
});
