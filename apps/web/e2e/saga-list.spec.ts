import { AxeBuilder } from '@axe-core/playwright';
import type { APIRequestContext } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { clearFaults, mutate, placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));
test.afterEach(({ request }) => clearFaults(request));

/** Sagas that are stuck past their pivot, for a customer of their own. */
async function stuckOrders(
  request: APIRequestContext,
  customerId: string,
  count: number,
): Promise<string[]> {
  await mutate(request, 'faults.set', {
    service: 'order',
    operation: 'order.confirm',
    kind: 'reject',
  });
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await placeOrder(request, { customerId })).sagaId);
  for (const sagaId of ids) {
    await expect
      .poll(async () => (await query<{ status: string }>(request, 'sagas.get', { sagaId })).status)
      .toBe('stuck');
  }
  await clearFaults(request);
  return ids;
}

test('stuck sagas stand under their cause, and many are retried at once', async ({
  page,
  request,
}) => {
  test.slow();
  const customer = 'granary-cellar';
  const ids = await stuckOrders(request, customer, 4);
  await page.goto(`/sagas?tab=stuck&search=${customer}`);
  await expect(page.locator('tr[data-saga]')).toHaveCount(4);
  await expect(page.locator('tr.cause')).toContainText('order.confirm');
  await expect(page.locator('tr.cause')).toContainText('4 sagas, past the pivot');
  // Among all that is in flight they come first, until somebody asks for another order.
  await page
    .getByRole('navigation', { name: 'Views', exact: true })
    .getByRole('link', { name: /Active/ })
    .click();
  await expect(page.locator('.fl .note')).toHaveText('needs you first, then oldest');
  await expect(page.locator('tr[data-saga]').first()).toContainText('Stuck');
  await page.getByRole('button', { name: /^Age/ }).click();
  await expect(page).toHaveURL(/order=newest/);
  await page.goto(`/sagas?tab=stuck&search=${customer}`);

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('group', { name: 'Columns' }).getByLabel('At stake').uncheck();
  await expect(page.getByRole('columnheader', { name: 'At stake' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export' }).click();
  const menu = page.getByRole('group', { name: 'Export' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const href = (await menu.getByRole('link', { name: /JSON/ }).getAttribute('href')) ?? '';
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    menu.getByRole('link', { name: /CSV/ }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines.slice(1).map((line) => line.slice(0, 36))).toEqual(ids);
  await page.keyboard.press('Escape');
  const exported = (await (await request.get(href)).json()) as { id: string; status: string }[];
  expect(exported.map(({ status }) => status)).toEqual(['stuck', 'stuck', 'stuck', 'stuck']);
  const refused = await request.get('/api/export?format=xls');
  expect(refused.status()).toBe(400);
  expect(await refused.text()).toContain('format');

  await page.getByLabel('Choose all at order.confirm').click();
  await expect(page.getByRole('region', { name: 'Chosen sagas' })).toContainText('4 chosen');
  // What is chosen is in the address: a colleague who opens it sees the same.
  await page.reload();
  await expect(page.getByRole('region', { name: 'Chosen sagas' })).toContainText('4 chosen');
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  }

  await page.getByRole('button', { name: 'Cancel…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('0 will be cancelled, 4 cannot');
  await expect(dialog).toContainText('point of no return');
  await expect(dialog.getByRole('button', { name: 'Cancel 0' })).toBeDisabled();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Retry…' }).click();
  await expect(dialog).toContainText('4 will be retried.');
  await expect(dialog).toContainText('4 × order.confirm');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByLabel(/Reason/).fill('the lock is gone');
  await dialog.getByRole('button', { name: 'Retry 4' }).click();
  await expect(dialog).toContainText('4 of 4 retried');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('No saga matches this view.')).toBeVisible();
  for (const sagaId of ids) {
    const log = await query<{ type: string; data: { reason?: string } }[]>(
      request,
      'sagas.events',
      { sagaId },
    );
    const acts = log.filter(({ type }) => type === 'OperatorActed');
    expect(acts.map(({ data }) => data.reason)).toEqual(['the lock is gone']);
  }
});

test('the keyboard alone walks, chooses, ranges and opens', async ({ page, request }) => {
  for (let n = 0; n < 3; n += 1) await placeOrder(request, { customerId: 'keyboard-hall' });
  await page.goto('/sagas?tab=all&search=keyboard-hall');
  const rows = page.locator('tr[data-saga]');
  await expect(rows).toHaveCount(3);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(rows.first().getByRole('link')).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await expect(page.getByRole('region', { name: 'Chosen sagas' })).toContainText('3 chosen');
  const last = await rows.nth(2).getAttribute('data-saga');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/sagas/${last}`);
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Chosen sagas' })).toContainText('3 chosen');
});

test('what means nothing is said, and no search is an error', async ({ page }) => {
  const errors: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  await page.goto('/sagas?tab=nonsense&style=improvised&selected=x.y&search=nobody-at-all');
  await expect(page.getByText('No tab “nonsense”, left out')).toBeVisible();
  await expect(page.getByText('No style “improvised”, left out')).toBeVisible();
  await expect(page.getByText('No saga matches this view.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove the filters' }).click();
  await expect(page).not.toHaveURL(/search/);

  await page.goto('/sagas?status=running');
  await page.getByRole('button', { name: 'No status “running”, left out' }).click();
  await expect(page).not.toHaveURL(/status/);
  await page.goto('/sagas?status=stuck&style=choreography');
  await expect(page).toHaveURL(/tab=stuck&style=choreography$/);
  await expect(page.getByRole('link', { name: /^Stuck/ })).toHaveAttribute('aria-current', 'page');

  await page.goto(`/sagas?tab=all&search=${'x'.repeat(10_000)}`);
  await expect(page.getByText('this one has 10000. Nothing can match.')).toBeVisible();
  await page.goto('/sagas?tab=all&definition=no-such-saga&batch=no-such-launch');
  await expect(page.getByText('No saga matches this view.')).toBeVisible();
  await page.goto('/sagas?tab=all&search=%00%F0%9F%98%80');
  await expect(page.getByText(/Nothing can match|No saga matches/)).toBeVisible();
  expect(errors).toEqual([]);
});

test('bad bulk requests get 400 and a sentence, and store nothing', async ({ request }) => {
  const { sagaId } = await placeOrder(request);
  const target = { sagaId, expectedSeq: 1 };
  const act = { action: 'retry', reason: 'as asked', targets: [target] };
  const bad = [
    { ...act, targets: [] },
    { ...act, targets: Array.from({ length: 501 }, () => target) },
    { ...act, reason: '' },
    { ...act, action: 'explode' },
    { ...act, action: 'settle' },
    { ...act, as: 'done' },
  ];
  for (const input of bad) {
    const response = await mutate(request, 'sagas.operateMany', input);
    expect(response.status(), JSON.stringify(input).slice(0, 80)).toBe(400);
  }
  // Not stuck: refused for this saga, and the request as such is fine.
  const answer = await mutate(request, 'sagas.operateMany', act);
  expect(await answer.json()).toMatchObject({
    result: { data: [{ sagaId, outcome: 'refused' }] },
  });
});
