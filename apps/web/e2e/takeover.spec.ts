import { createPool } from '@counterstep/db/tx';
import { placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';

/** As if Order had read a saga's first message and lost it. */
async function loseFirstMessage(databaseUrl: string, sagaId: string): Promise<void> {
  const orders = createPool({
    url: databaseUrl,
    role: 'counterstep_order',
    searchPath: 'orders',
    applicationName: 'takeover-spec',
    size: 1,
  });
  await orders.query(
    `update subscription s set cursor_xid = o.xid, cursor_id = o.id, owner = null
       from outbox o where o.saga_id = $1 and s.source = 'order' and s.partition = o.partition`,
    [sagaId],
  );
  await orders.end();
}

test('a choreographed saga that has stalled says why, and is handed to the orchestrator', async ({
  page,
  request,
  stack,
}) => {
  test.setTimeout(60_000);
  await stack.killWorker();
  const { sagaId } = await placeOrder(request, { style: 'choreography' });
  await loseFirstMessage(stack.databaseUrl, sagaId);
  await stack.startWorker();
  await page.goto(`/sagas/${sagaId}`);

  const banner = page.locator('.bnr.stalled');
  await expect(banner).toContainText(
    'order should have answered with OrderCreated or OrderRejected',
    {
      timeout: 20_000,
    },
  );
  await expect(banner).toContainText('neither acted nor put it aside');
  await expect(page.locator('[data-action~="skip"]')).toContainText('Take it over first');
  await page.goto('/sagas?tab=stalled');
  await expect(page.getByRole('row').filter({ hasText: sagaId.slice(-7) })).toContainText(
    'stalled',
  );

  await page.goto(`/sagas/${sagaId}`);
  await page.locator('[data-action="takeOver"]').click();
  await expect(page.locator('.pv .cmd')).toContainText('order.create');
  await page.getByLabel('Reason, for the audit log').fill('its message is lost');
  await page.getByRole('button', { name: 'Take it over' }).click();

  await expect(page.locator('.badge')).toHaveText('Completed');
  await expect(banner).toBeHidden();
  await expect(page.locator('tr[data-type="SagaTakenOver"]')).toContainText('its message is lost');
  await expect(page.locator('tr[data-type="ServicesFenced"]')).toBeVisible();
  const saga = await query<{ takenOver: boolean; style: string }>(request, 'sagas.get', { sagaId });
  expect(saga).toMatchObject({ takenOver: true, style: 'choreography' });
});
