import { query } from './api.ts';
import { expect, test } from './fixtures.ts';
import { startTrip, trip } from './trips.ts';

test('a trip is booked, approved by a person, sleeps, and completes before the eyes', async ({
  page,
}) => {
  await page.goto('/sagas');
  await page.getByRole('link', { name: 'Start a saga' }).click();
  await page.getByLabel('Input').fill(JSON.stringify(trip({ city: 'Lisbon' })));
  await page.getByRole('button', { name: 'Start it' }).click();
  await page.waitForURL(/\/sagas\/[0-9a-f-]{36}/);
  await page.evaluate(() => document.body.setAttribute('data-loaded-once', 'yes'));

  const bookings = page.getByRole('group', { name: 'book, at once' });
  await expect(bookings.locator('[data-status="succeeded"]')).toHaveCount(3);
  const [flight, hotel] = await Promise.all(
    ['flight', 'hotel'].map((name) => page.locator(`[data-step="${name}"]`).boundingBox()),
  );
  expect(flight?.x).toBe(hotel?.x);
  await expect(page.locator('[data-step="approval"]')).toContainText('waits for approval');
  await expect(page.locator('.say')).toContainText('waits for the signal approval');
  await expect(page.locator('.lg-card')).toHaveCount(0);

  await page.getByRole('button', { name: 'Approve' }).click();
  const sleep = page.locator('[data-step="second-thoughts"]');
  await expect(sleep).toContainText(/in \d\.\d s/);
  await expect(page.locator('.badge')).toHaveText('Completed');
  await expect(sleep).toContainText('Slept');
  const types = await page
    .locator('table.log tbody tr')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-type')));
  for (const type of ['SignalAwaited', 'SignalReceived', 'TimerSet', 'TimerFired']) {
    expect(types).toContain(type);
  }
  await expect(page.locator('body')).toHaveAttribute('data-loaded-once', 'yes');
});

test('a trip that is not approved walks back, three undos at once', async ({ page, request }) => {
  const { sagaId } = await startTrip(request);
  await page.goto(`/sagas/${sagaId}`);
  await page.getByRole('button', { name: 'Refuse' }).click();
  await expect(page.locator('.badge')).toHaveText('Compensated');
  await expect(page.locator('.say')).toContainText('operator has not approved the trip');
  for (const name of ['flight', 'hotel', 'car']) {
    await expect(page.locator(`[data-undo="${name}"]`)).toHaveAttribute(
      'data-status',
      'compensated',
    );
  }
  await expect(page.locator('tr[data-type="StepCompensated"]')).toHaveCount(3);
});

test('a wait that is cancelled is given up', async ({ page, request }) => {
  const { sagaId } = await startTrip(request);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.getByRole('heading', { name: 'Waits for approval' })).toBeVisible();
  await page.locator('[data-action="cancel"]').click();
  await page.getByLabel('Reason, for the audit log', { exact: true }).fill('the fair is off');
  await page.locator('.pv').getByRole('button', { name: 'Cancel saga' }).click();
  await expect(page.locator('.badge')).toHaveText('Compensated');
  await expect(page.locator('[data-step="approval"]')).toContainText('Given up');
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
});

test('the list says what a trip waits for, and shows trips alone', async ({ page, request }) => {
  const { sagaId } = await startTrip(request);
  await page.goto('/sagas?tab=all&definition=trip');
  const row = page.locator(`tr[data-saga="${sagaId}"]`);
  await expect(row.locator('.now')).toHaveText(/waits for the signal approval, until .*\d\d:\d\d/);
  await expect(row.locator('.strip')).toHaveAttribute('aria-label', /approval waits/);
  const { items } = await query<{ items: { definition: string }[] }>(request, 'sagas.list', {
    definition: 'trip',
  });
  expect(new Set(items.map(({ definition }) => definition))).toEqual(new Set(['trip']));
  await expect(page.locator('tbody tr')).toHaveCount(items.length);
});

test('a wrong field is named at the form, and the same key gives the same trip', async ({
  page,
}) => {
  await page.goto('/sagas/new');
  const input = page.getByLabel('Input');
  const start = page.getByRole('button', { name: 'Start it' });
  await input.fill(JSON.stringify(trip({ nights: 0 })));
  await start.click();
  await expect(page.locator('.problems')).toContainText('nights');
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  await input.fill('{ not json');
  await start.click();
  await expect(page.locator('.problems')).toContainText('is not JSON');

  const good = JSON.stringify(trip());
  const key = await page.getByLabel('Idempotency key').inputValue();
  await input.fill(good);
  await start.click();
  await page.waitForURL(/\/sagas\/[0-9a-f-]{36}/);
  const first = page.url();
  await page.goto('/sagas/new');
  await input.fill(good);
  await page.getByLabel('Idempotency key').fill(key);
  await start.click();
  await page.waitForURL(/\/sagas\/[0-9a-f-]{36}/);
  expect(page.url()).toBe(first);
  await expect(page.getByText('Same saga, not a second one')).toBeVisible();
});

test('a saga that no live worker knows says so, until one comes', async ({
  page,
  request,
  stack,
}) => {
  test.slow();
  await stack.killWorker();
  const { sagaId } = await startTrip(request);
  await page.goto(`/sagas/${sagaId}`);
  const banner = page.locator('.bnr');
  await expect(banner).toContainText('No live worker runs trip@1', { timeout: 20_000 });
  await stack.startWorker();
  await expect(page.locator('[data-step="approval"]')).toHaveAttribute('data-status', 'waiting', {
    timeout: 20_000,
  });
  await expect(banner).toHaveCount(0);
});
