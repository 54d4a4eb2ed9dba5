import type { Page } from '@playwright/test';
import { clearFaults, mutate, placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';

/** What each state says, as those hear it who do not see it. */

test.beforeEach(({ request }) => clearFaults(request));
test.afterAll(({ request }) => clearFaults(request));

const ends = [
  {
    status: 'completed',
    steps: `
      - row /order.create compensatable Succeeded 1 of at most 5 order.cancel not owed 0/
      - row /inventory.reserve compensatable Succeeded 1 of at most 5 inventory.release not owed 0/
      - row /payment.charge compensatable Succeeded 1 of at most 5 payment.refund not owed 0/
      - row /shipment.initiate pivot Succeeded 1 of at most 5 none not owed/
      - row /order.confirm retriable Succeeded 1 of at most 5 none not owed/`,
    acts: `
      - listitem:
        - button /Place this order again/
      - listitem:
        - button "Retry now It is completed." [disabled]
      - listitem:
        - button "Cancel saga It is completed." [disabled]`,
  },
  {
    status: 'compensated',
    refuses: { service: 'payment', operation: 'payment.charge' },
    steps: `
      - row /order.create compensatable Succeeded 1 of at most 5 order.cancel Compensated 1/
      - row /inventory.reserve compensatable Succeeded 1 of at most 5 inventory.release Compensated 1/
      - row /payment.charge compensatable Failed 1 of at most 5 payment.refund not owed 0/
      - row /shipment.initiate pivot Not reached 0 of at most 5 none not owed/
      - row /order.confirm retriable Not reached 0 of at most 5 none not owed/`,
    acts: `
      - listitem:
        - button /Place this order again/
      - listitem:
        - button "Retry now It is compensated." [disabled]
      - listitem:
        - button "Cancel saga It is compensated." [disabled]`,
  },
  {
    status: 'stuck',
    refuses: { service: 'order', operation: 'order.confirm' },
    steps: `
      - row /order.create compensatable Succeeded 1 of at most 5 order.cancel not owed 0/
      - row /inventory.reserve compensatable Succeeded 1 of at most 5 inventory.release not owed 0/
      - row /payment.charge compensatable Succeeded 1 of at most 5 payment.refund not owed 0/
      - row /shipment.initiate pivot Succeeded 1 of at most 5 none not owed/
      - row /order.confirm retriable Failed 1 of at most 5 none not owed/`,
    acts: `
      - listitem:
        - button /Retry order.confirm now/
      - listitem:
        - button /Skip order.confirm/
      - listitem:
        - button /Say what became of order.confirm/`,
  },
] as const;

for (const { status, steps, acts, ...end } of ends) {
  test(`a saga that is ${status}`, async ({ page, request }) => {
    if ('refuses' in end) {
      await mutate(request, 'faults.set', { ...end.refuses, kind: 'reject', nextCalls: 1 });
    }
    const { sagaId } = await placeOrder(request);
    await expect
      .poll(() => query<{ status: string }>(request, 'sagas.get', { sagaId }))
      .toMatchObject({ status });
    await page.goto(`/sagas/${sagaId}`);
    const card = cardOf(page, 'Steps');
    await card.getByRole('button', { name: 'Table' }).click();
    await expect(card.getByRole('table').getByRole('rowgroup').last()).toMatchAriaSnapshot(
      `- rowgroup:${steps}`,
    );
    await expect(cardOf(page, 'What you can do').getByRole('list').first()).toMatchAriaSnapshot(
      `- list:${acts}`,
    );
  });
}

test('addresses of nothing', async ({ page }) => {
  await page.goto('/sagas/01a219f5-0000-7000-8000-000000000000');
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading "No saga under this address" [level=1]
    - paragraph
    - link "All sagas"
    - link "Place an order"
  `);
  await expect(page).toHaveTitle('No such saga · Counterstep');
  await page.goto('/launch/nope');
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading "No launch under this address" [level=1]
    - paragraph: An id of a launch is a uuid; this is none.
    - link "Launch orders"
    - link "All sagas"
  `);
});

test('a question that is refused', async ({ page }) => {
  const error = {
    message: 'Too much is asked at once. Try again in a moment.',
    code: -32_029,
    data: { code: 'TOO_MANY_REQUESTS', httpStatus: 429, path: 'sagas.list' },
  };
  await page.route('**/api/trpc/sagas.list*', (route) =>
    route.fulfill({ status: 429, json: { error } }),
  );
  await page.goto('/sagas?tab=all');
  await expect(page.getByRole('alert').filter({ hasText: 'TOO_MANY' })).toMatchAriaSnapshot(`
    - alert:
      - code: TOO_MANY_REQUESTS
      - paragraph: Too much is asked at once. Try again in a moment.
      - button "Try again"
  `);
});

test('a preset is what the form edits from then on', async ({ page }) => {
  await page.goto('/failures');
  await expect(page.getByRole('region', { name: 'New fault' })).toBeVisible();
  await page.getByRole('button', { name: /Decline cards/ }).click();
  const form = page.getByRole('region', { name: 'Edit fault' });
  await expect(form.getByRole('radio', { name: /Rejects/ })).toBeChecked();
});

const cardOf = (page: Page, name: string) =>
  page
    .locator('section.card')
    .filter({ has: page.getByRole('heading', { name, exact: true }) })
    .first();
