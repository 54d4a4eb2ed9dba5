import type { APIRequestContext } from '@playwright/test';
import { clearFaults, mutate, placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';
import { startTrip } from './trips.ts';

test.beforeEach(({ request }) => clearFaults(request));
test.afterAll(({ request }) => clearFaults(request));

const lines = [
  { sku: 'WAL-TRAY-02', quantity: 2 },
  { sku: 'LMP-BRS-01', quantity: 1 },
];

async function placeBoth(request: APIRequestContext): Promise<readonly [string, string]> {
  const orchestrated = await placeOrder(request, { lines });
  const choreographed = await placeOrder(request, {
    lines,
    style: 'choreography',
    correlationId: orchestrated.sagaId,
  });
  return [orchestrated.sagaId, choreographed.sagaId];
}

async function untilEnded(request: APIRequestContext, ids: readonly string[]): Promise<void> {
  for (const sagaId of ids) {
    const status = async () =>
      (await query<{ status: string }>(request, 'sagas.get', { sagaId })).status;
    await expect.poll(status).toMatch(/^(completed|compensated|resolved)$/);
  }
}

const side = (id: string) => `[data-side="${id}"]`;

test('both styles of an order with a lost reply: where they part, and the same end', async ({
  page,
  request,
}) => {
  await mutate(request, 'faults.set', {
    service: 'payment',
    operation: 'payment.charge',
    kind: 'fail-after-commit',
  });
  // Of a choreographed saga that has ended, the lost reply would not be told any more.
  await mutate(request, 'faults.set', {
    service: 'shipment',
    operation: 'shipment.initiate',
    kind: 'delay',
    delayMs: 2_000,
  });
  const [a, b] = await placeBoth(request);
  await untilEnded(request, [a, b]);
  await page.goto(`/compare?a=${b}&b=${a}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One order, both styles');
  await expect(page.locator('.say')).toContainText('Both completed with the same business state');
  await expect(page.locator('.say')).toContainText(
    /They parted at [\d.]+ m?s over payment\.charge/,
  );
  await expect(page.locator('.say')).toContainText('asked again with the same key');
  await expect(page.locator('.ch1')).toContainText(
    'with the same fault: payment.charge loses a reply',
  );
  // Orchestration stands left, whichever comes first in the address.
  await expect(page.locator('.ab .card').first()).toHaveAttribute('data-side', a);
  await expect(page.locator('tr[data-service]')).toHaveCount(4);
  for (const row of await page.locator('tr[data-service]').all()) {
    await expect(row).toHaveAttribute('data-verdict', 'same');
  }
  const messages = page.getByRole('row', { name: /^Messages/ });
  await expect(messages).toContainText('12, one lost');
  await expect(messages).toContainText('6, one twice');

  await page.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('region', { name: 'Both timelines as a table' });
  await expect(
    table.getByRole('row', { name: /^payment\.charge .*Orchestration 1 .* outcome unknown/ }),
  ).toBeVisible();
  await expect(
    table.getByRole('row', { name: /^payment\.charge .*Orchestration 2 .* stored result/ }),
  ).toBeVisible();
});

test('two orders that are under way come to their end before the reader’s eyes', async ({
  page,
  request,
  stack,
}) => {
  await stack.killWorker();
  const [a, b] = await placeBoth(request);
  await page.goto(`/compare?a=${a}&b=${b}`);
  await expect(page.locator('.say')).toContainText('They have not parted so far');
  await expect(page.locator(side(a))).toHaveAttribute('data-status', /pending|running/);
  await page.evaluate(() => document.body.setAttribute('data-loaded-once', 'yes'));
  await stack.startWorker();
  await expect(page.locator(side(a))).toHaveAttribute('data-status', 'completed');
  await expect(page.locator(side(b))).toHaveAttribute('data-status', 'completed');
  await expect(page.locator('.say')).toContainText('Both completed with the same business state');
  await expect(page.getByText(/^consistent at/)).toHaveCount(2);
  await expect(page.locator('body')).toHaveAttribute('data-loaded-once', 'yes');
});

test('an order placed in both styles by the form leads to its comparison', async ({ page }) => {
  await page.goto('/compare');
  await page.getByRole('link', { name: 'Place an order in both' }).click();
  await expect(page.getByRole('radio', { name: 'Both' })).toBeChecked();
  await page.getByRole('button', { name: 'Place both orders' }).click();
  await page.waitForURL(/\/compare\?a=[0-9a-f-]{36}&b=[0-9a-f-]{36}$/);
  await expect(page.locator('.say')).toContainText('Both completed with the same business state');
  await page.goto('/compare');
  await page.locator('.picks a').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One order, both styles');
});

test('with one saga, the other is offered, or placed in the other style', async ({
  page,
  request,
}) => {
  const order = { lines: [{ sku: 'BWL-OAK-03', quantity: 3 }], customerId: 'studio-north' };
  const { sagaId } = await placeOrder(request, order);
  await untilEnded(request, [sagaId]);
  await page.goto(`/compare?a=${sagaId}`);
  await expect(
    page.getByText('Among the last 100 orders this one stands once only.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Place it in choreography' }).click();
  await page.waitForURL(new RegExp(`a=${sagaId}&b=`));
  await expect(page.locator('.say')).toContainText('Both completed with the same business state');
  const { pathname, search } = new URL(page.url());
  await page.goto(`/compare?b=${sagaId}`);
  await page.locator('.picks a').click();
  await expect(page).toHaveURL(`${pathname}${search}`);
});

test('orders that are merely alike are not called one; lists that are cut off say so', async ({
  page,
  request,
}) => {
  const order = { lines: [{ sku: 'TWL-COT-08', quantity: 3 }], customerId: 'mill-bakery' };
  const { sagaId: a } = await placeOrder(request, order);
  const others = await Promise.all(
    Array.from({ length: 9 }, () => placeOrder(request, { ...order, style: 'choreography' })),
  );
  await page.goto(`/compare?a=${a}&b=${others[0]?.sagaId}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Two orders alike, one in each style',
  );

  await page.goto(`/compare?a=${a}`);
  await expect(
    page.getByText('Among the last 100 orders this one stands once only.'),
  ).toBeVisible();
  const alike = page.locator('.card', { hasText: 'Other orders, alike' });
  await expect(alike).toContainText('the first 8 of 9, same customer, same lines');
  await expect(alike.locator('.picks li')).toHaveCount(8);
});

test('what cannot be compared is said, with a way on', async ({ page, request }) => {
  const { sagaId } = await placeOrder(request, { lines });
  await page.goto(`/compare?a=${sagaId}&b=${sagaId}`);
  await expect(page.locator('.say')).toContainText('The address names the same saga twice.');

  await page.goto(`/compare?a=${'x'.repeat(5_000)}`);
  await expect(page.locator('.err')).toContainText(`“${'x'.repeat(40)}…” is not a saga id`);

  await page.goto(`/compare?a=${sagaId}&b=00000000-0000-4000-8000-000000000000`);
  await expect(page.locator('.err')).toContainText('There is no saga 00000000');
  await page.getByRole('link', { name: 'Choose two sagas' }).click();
  await expect(page.getByText('Placed in both styles')).toBeVisible();

  const trip = await startTrip(request);
  await page.goto(`/compare?a=${sagaId}&b=${trip.sagaId}`);
  await expect(page.locator('.say')).toContainText('they have no step in common');
  await page.goto(`/compare?a=${trip.sagaId}`);
  await expect(page.getByText('Other sagas of trip')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Place it in/ })).toHaveCount(0);
});
