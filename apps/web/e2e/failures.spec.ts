import { clearFaults, mutate, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));
test.afterEach(({ request }) => clearFaults(request));

test('a declined card walks the saga back, live', async ({ page, request }) => {
  await page.goto('/failures');
  await page.locator('[data-operation="payment.charge"]').click();
  await page.getByRole('radio', { name: /^Rejects/ }).check();
  await page.getByLabel('Number of calls').fill('1');
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await expect(page.locator('[data-operation="payment.charge"]')).toHaveAttribute(
    'data-active',
    'true',
  );
  await expect(page.getByRole('region', { name: 'Active faults' })).toContainText('1 fault active');

  const { sagaId } = await placeOrder(request);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Compensated');
  await expect(page.locator('.say')).toContainText('said no');
  await expect(page.locator('[data-undo="inventory.reserve"]')).toHaveAttribute(
    'data-status',
    'compensated',
  );
  await expect(page.locator('[data-undo="payment.charge"]')).toHaveAttribute(
    'data-status',
    'not-owed',
  );
  await expect(page.locator('.bal')).toContainText('released = 0');
});

test('a lost reply is asked again and the effect is not repeated', async ({ page, request }) => {
  await mutate(request, 'faults.set', {
    service: 'payment',
    operation: 'payment.charge',
    kind: 'fail-after-commit',
    nextCalls: 1,
  });
  const { sagaId } = await placeOrder(request);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Completed');
  await expect(page.locator('tr[data-type="StepOutcomeUnknown"]')).toHaveCount(1);
  await expect(page.getByText('was there already, not repeated')).toBeVisible();
  await expect(page.locator('.bar.u')).toHaveCount(1);
});

test('a broken refund gets stuck; an operator repairs it with a reason', async ({
  page,
  request,
}) => {
  test.slow();
  await mutate(request, 'faults.set', {
    service: 'payment',
    operation: 'payment.refund',
    kind: 'fail-before-commit',
  });
  await mutate(request, 'faults.set', {
    service: 'shipment',
    operation: 'shipment.initiate',
    kind: 'reject',
    nextCalls: 1,
  });
  const { sagaId } = await placeOrder(request);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Stuck, back', { timeout: 60_000 });
  await expect(page.locator('[data-action="resume"]')).toHaveAttribute('aria-disabled', 'true');

  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.getByRole('region', { name: 'Active faults' })).toBeHidden();
  await page.locator('[data-action="retry"]').click();
  await expect(page.locator('.cmd')).toContainText('payment.refund');
  await page.getByLabel('Reason, for the audit log').fill('refunds work again');
  await page.getByRole('button', { name: 'Retry now' }).click();
  await expect(page.locator('.badge')).toHaveText('Compensated');
});

test('presets switch on and off, and "Clear all" clears what is left', async ({ page }) => {
  await page.goto('/');
  const lose = page.getByRole('button', { name: /Lose replies/ });
  await lose.click();
  await expect(lose).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Slow carrier' }).click();
  await expect(page.getByText('2 faults active')).toBeVisible();
  await lose.click();
  await expect(lose).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.getByRole('region', { name: 'Active faults' })).toBeHidden();
});
