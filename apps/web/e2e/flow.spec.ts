import { clearFaults, mutate, placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';

interface FlowJson {
  readonly format: string;
  readonly services: readonly string[];
  readonly events: readonly { readonly type: string; readonly role: string }[];
}

test.beforeEach(({ request }) => clearFaults(request));
test.afterAll(({ request }) => clearFaults(request));

const event = (type: string) => `[data-event="${type}"]`;

test('a choreographed order is drawn as services and the events between them', async ({
  page,
  request,
}) => {
  const { sagaId } = await placeOrder(request, { style: 'choreography' });
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Completed');
  for (const type of [
    'OrderRequested',
    'PaymentProcessed',
    'ShipmentInitiated',
    'OrderConfirmed',
  ]) {
    await expect(page.locator(event(type))).toHaveAttribute('data-told', 'true');
  }
  for (const type of ['ShipmentFailed', 'PaymentRefunded', 'OrderCancelled']) {
    await expect(page.locator(event(type))).toHaveAttribute('data-told', 'false');
  }
  await expect(page.locator('.fnr.past')).toContainText('point of no return, passed');
});

test('one that turns back shows the way back, and a node selects its step', async ({
  page,
  request,
}) => {
  await mutate(request, 'faults.set', {
    service: 'shipment',
    operation: 'shipment.initiate',
    kind: 'reject',
    nextCalls: 1,
  });
  const { sagaId } = await placeOrder(request, { style: 'choreography' });
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Compensated');
  for (const type of ['ShipmentFailed', 'PaymentRefunded', 'InventoryReleased', 'OrderCancelled']) {
    await expect(page.locator(event(type))).toHaveAttribute('data-told', 'true');
  }
  await expect(page.locator(event('ShipmentInitiated'))).toHaveAttribute('data-told', 'false');
  const refund = page.locator('[data-undo="payment.charge"]');
  await refund.click();
  await expect(refund).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/step=payment\.charge&way=undo/);

  await page.getByRole('button', { name: 'Table' }).first().click();
  const table = page.getByRole('group', { name: 'Reactions as a table' });
  const row = table.getByRole('row', { name: /payment\.refund/ });
  await expect(row).toContainText('ShipmentFailed (told)');
  await expect(row).toContainText('PaymentRefunded (told)');
  await row.getByRole('button', { name: 'payment.refund' }).click();
  await expect(page).toHaveURL(/step=payment\.charge&way=undo/);
});

test('the flow page shows and gives away what the server declares', async ({ page, request }) => {
  const flow = await query<FlowJson>(request, 'flows.get', { definition: 'place-order' });
  expect(flow.format).toBe('counterstep.flow/1');
  expect(flow.services).toEqual(['order', 'inventory', 'payment', 'shipment']);
  await page.goto('/flow');
  for (const { type } of flow.events) await expect(page.locator(event(type))).toBeVisible();
  await expect(page.locator('.fexport pre')).toContainText('flowchart TB');
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('place-order.v1.json');
  expect(JSON.parse((await page.locator('.fexport pre').textContent()) ?? '')).toEqual(flow);
});

test('a flow that nobody declares is not found', async ({ page, request }) => {
  const input = encodeURIComponent(JSON.stringify({ definition: 'place-order', version: 99 }));
  const response = await request.get(`/api/trpc/flows.get?input=${input}`);
  expect(response.status()).toBe(404);
  await page.goto('/flow?definition=nothing');
  await expect(page.getByRole('alert').filter({ hasText: 'NOT_FOUND' })).toBeVisible();
});
