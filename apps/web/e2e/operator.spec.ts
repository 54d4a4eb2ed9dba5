import { clearFaults, mutate, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));
test.afterEach(({ request }) => clearFaults(request));

test('an operator settles a stuck step as done, and the saga ends resolved', async ({
  page,
  request,
}) => {
  await mutate(request, 'faults.set', {
    service: 'order',
    operation: 'order.confirm',
    kind: 'reject',
    nextCalls: 1,
  });
  const { sagaId } = await placeOrder(request);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Stuck, forward');
  await expect(page.locator('[data-action="compensate"]')).toContainText('point of no return');

  await page.locator('[data-action="settle"]').click();
  await expect(page.getByRole('button', { name: 'It was not done' })).toBeDisabled();
  await page.getByLabel('Its output as JSON').fill('{ not json');
  await page.getByLabel('Reason, for the audit log').fill('confirmed by telephone');
  await expect(page.getByRole('button', { name: 'Settle it' })).toBeDisabled();
  await page.getByLabel('Its output as JSON').fill('');
  await page.getByRole('button', { name: 'Settle it' }).click();
  await expect(page.locator('.badge')).toHaveText('Resolved');
  await expect(page.locator('tr[data-type="OperatorActed"]')).toContainText(
    'it was done: confirmed by telephone',
  );
});

test('an act on a saga that has moved on is refused with 409', async ({ request }) => {
  await mutate(request, 'faults.set', {
    service: 'order',
    operation: 'order.confirm',
    kind: 'reject',
    nextCalls: 1,
  });
  const { sagaId } = await placeOrder(request);
  const ask = { sagaId, reason: 'looked at it', expectedSeq: 1 };
  const settled = await mutate(request, 'sagas.settle', { ...ask, as: 'done' });
  expect(settled.status()).toBe(409);
  expect((await mutate(request, 'sagas.compensate', ask)).status()).toBe(409);
  expect((await mutate(request, 'sagas.takeOver', ask)).status()).toBe(409);
  expect((await mutate(request, 'sagas.settle', { ...ask, as: 'perhaps' })).status()).toBe(400);
});
