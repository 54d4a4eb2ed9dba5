import { clearFaults, mutate, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));
test.afterEach(({ request }) => clearFaults(request));

test('a dead letter is listed with its error, and redriven from the page', async ({
  page,
  request,
}) => {
  await mutate(request, 'faults.set', {
    service: 'order',
    operation: 'order.confirm',
    kind: 'reject',
    nextCalls: 1,
  });
  const { sagaId } = await placeOrder(request, { style: 'choreography' });
  await page.goto('/workers');
  const row = page
    .getByRole('region', { name: 'Dead letters' })
    .getByRole('row')
    .filter({ has: page.locator(`a[href="/sagas/${sagaId}"]`) });
  await expect(row).toContainText('INJECTED_REJECTION');
  await expect(row).toContainText('order.confirm');
  await row.getByRole('button', { name: 'Redrive' }).click();
  await expect(page.getByRole('button', { name: 'Redrive 1 letter' })).toBeDisabled();
  await page.getByLabel('Reason, for the audit log').fill('the service is well again');
  await page.getByRole('button', { name: 'Redrive 1 letter' }).click();
  await expect(row).toHaveCount(0);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Completed');
});

test('outboxes show who is behind, and a bad filter is refused', async ({ page, request }) => {
  await page.goto('/workers');
  const outboxes = page.getByRole('region', { name: 'Outboxes' });
  await expect(outboxes.getByRole('row').filter({ hasText: 'tracker' })).toHaveCount(4);
  const refused = await mutate(request, 'deadLetters.redrive', {
    service: 'order',
    filter: { step: '' },
    reason: 'x',
  });
  expect(refused.status()).toBe(400);
});
