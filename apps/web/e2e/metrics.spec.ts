import { clearFaults, mutate, placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';

interface Flow {
  readonly total: { readonly completed: number; readonly compensated: number };
  readonly faults: readonly { readonly step: string; readonly kind: string }[];
}

test.beforeEach(({ request }) => clearFaults(request));
test.afterAll(({ request }) => clearFaults(request));

test('what has just ended comes into the charts, with the fault that struck', async ({
  page,
  request,
}) => {
  test.slow();
  await page.goto('/metrics');
  await expect(page.locator('.metrics-page')).toHaveAttribute('data-window', '15m');
  await mutate(request, 'faults.set', {
    service: 'payment',
    operation: 'payment.charge',
    kind: 'reject',
    nextCalls: 1,
  });
  await placeOrder(request);
  await placeOrder(request);
  const read = async () => {
    const { total, faults } = await query<Flow>(request, 'metrics.flow', { window: '15m' });
    const struck = faults.some(({ step, kind }) => step === 'payment.charge' && kind === 'reject');
    return total.completed > 0 && total.compensated > 0 && struck;
  };
  await expect.poll(read, { timeout: 30_000 }).toBe(true);
  await expect(page.locator('.mfaults')).toContainText('payment.charge says no');
  await expect(page.locator('.figures')).toContainText(/[1-9]\d* walked back/);
  await expect(page.locator('.chart canvas')).toHaveCount(4);

  const card = page.getByRole('region', { name: 'Finished per second', exact: true });
  await card.getByRole('button', { name: 'Table' }).click();
  const table = card.getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(91);
  await expect(table).toContainText('payment.charge says no');

  const steps = page.locator('.msteps');
  await expect(steps.getByText('payment.charge', { exact: true })).toBeVisible();
  await steps.getByRole('button', { name: 'Table' }).click();
  await expect(steps.getByRole('row', { name: /order\.cancel/ })).toContainText('place-order');
});

test('the window is in the address, and a word that is none is said', async ({ page }) => {
  await page.goto('/metrics');
  await page.getByRole('button', { name: '24 h' }).click();
  await expect(page).toHaveURL('/metrics?window=24h');
  await expect(page.locator('.metrics-page')).toHaveAttribute('data-window', '24h');
  await page.goto(`/metrics?window=${'w'.repeat(3_000)}`);
  await expect(page.getByText('is no window of this page')).toBeVisible();
  await expect(page.locator('.metrics-page')).toHaveAttribute('data-window', '15m');
});

test('an unknown window is refused by the API with the choices', async ({ request }) => {
  const input = encodeURIComponent(JSON.stringify({ window: '7d' }));
  const response = await request.get(`/api/trpc/metrics.flow?input=${input}`);
  expect(response.status()).toBe(400);
  expect(await response.text()).toContain('choose one of 15m, 1h and 24h');
});
