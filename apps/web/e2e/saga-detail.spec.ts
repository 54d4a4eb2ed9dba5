import { createPool } from '@counterstep/db/tx';
import type { APIRequestContext, Page } from '@playwright/test';
import { sagaAsOf } from '../src/features/saga-detail/as-of/saga-as-of.ts';
import type { Saga, SagaEvent } from '../src/lib/trpc.ts';
import { clearFaults, mutate, placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';
import { startTrip } from './trips.ts';

type Style = 'orchestration' | 'choreography';

const lostReply = { service: 'payment', operation: 'payment.charge', kind: 'fail-after-commit' };
const noCarrier = { service: 'shipment', operation: 'shipment.initiate', kind: 'reject' };

test.beforeEach(({ request }) => clearFaults(request));
test.afterAll(({ request }) => clearFaults(request));

/** One order whose charge loses its reply and whose shipment says no; ended when this returns. */
async function walkedBack(request: APIRequestContext, style: Style): Promise<string> {
  for (const rule of [lostReply, noCarrier]) {
    await mutate(request, 'faults.set', { ...rule, nextCalls: 1 });
  }
  const { sagaId } = await placeOrder(request, { style });
  await expect
    .poll(async () => (await query<Saga>(request, 'sagas.get', { sagaId })).status)
    .toBe('compensated');
  return sagaId;
}

const rows = (page: Page) => page.locator('.sq-rows');
const slider = (page: Page) => page.getByRole('slider', { name: /Event up to which/ });

test('the sequence of a directed order tells calls, a lost reply, a stopped copy and the turn', async ({
  page,
  request,
}) => {
  const sagaId = await walkedBack(request, 'orchestration');
  await page.goto(`/sagas/${sagaId}?tab=sequence`);
  await expect(page.locator('.sq-rows li[data-kind="effect"]')).toHaveCount(6);
  await expect(rows(page)).toMatchAriaSnapshot(`
    - list "Messages in the order of their arrival":
      - listitem: /accepted/
      - listitem:
        - button /order.create. sent, from Coordinator to Order/
      - listitem:
        - button /order.create applied. effect committed, at Order/
      - listitem:
        - button /order placed. answered, from Order to Coordinator/
      - listitem:
        - button /inventory.reserve. sent, from Coordinator to Inventory/
      - listitem:
        - button /inventory.reserve applied. effect committed, at Inventory/
      - listitem:
        - button /1 piece held. answered/
      - listitem:
        - button /payment.charge. sent, from Coordinator to Payment/
      - listitem:
        - button /payment.charge applied. effect committed, at Payment/
      - listitem:
        - button /reply of payment.charge. the reply was lost, from Payment to Coordinator/
      - listitem:
        - button /tries again/
      - listitem:
        - button /payment.charge again. a duplicate, stopped at the inbox, from Coordinator to Payment/
      - listitem:
        - button /€49.00 captured. answered, from Payment to Coordinator, the stored answer/
      - listitem:
        - button /shipment.initiate. sent, from Coordinator to Shipment/
      - listitem:
        - button /shipment.initiate rejected/
      - listitem: /turned back/
      - listitem:
        - button /payment.refund. sent, from Coordinator to Payment/
      - listitem:
        - button /payment.refund applied. effect committed, at Payment/
      - listitem:
        - button /money returned/
      - listitem:
        - button /inventory.release. sent, from Coordinator to Inventory/
      - listitem:
        - button /inventory.release applied/
      - listitem:
        - button /stock free again/
      - listitem:
        - button /order.cancel. sent, from Coordinator to Order/
      - listitem:
        - button /order.cancel applied/
      - listitem:
        - button /order cancelled. answered/
      - listitem: /all undone/
  `);

  await page.locator('.sq-card').getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('group', { name: 'Sequence as a table' });
  await expect(table.getByRole('row', { name: /payment.charge again/ })).toContainText(
    'duplicate, changed nothing',
  );
});

test('the sequence of a choreographed order has nobody between its services', async ({
  page,
  request,
}) => {
  const sagaId = await walkedBack(request, 'choreography');
  await page.goto(`/sagas/${sagaId}?tab=sequence`);
  await expect(page.locator('.sq-heads')).toHaveText('APIOrderInventoryPaymentShipment');
  for (const said of [
    /OrderRequested: sent, from API to Order/,
    /PaymentProcessed: sent, from Payment to Shipment/,
    /reply of payment.charge: the reply was lost/,
    /InventoryReserved again: a duplicate, stopped at the inbox, from Inventory to Payment/,
    /ShipmentFailed: sent, from Shipment to Payment/,
    /order.cancel applied: effect committed, at Order/,
  ]) {
    await expect(rows(page).getByRole('button', { name: said })).toHaveCount(1);
  }
  const follows = page.locator('.fol-card');
  await expect(follows.getByText('all in time')).toBeVisible();
  await expect(follows.locator('tbody tr')).toHaveCount(7);
  await expect(follows.getByRole('row', { name: /^InventoryReserved / })).toContainText(
    'PaymentProcessed or PaymentFailed',
  );
  const ends = page.locator('.ends');
  await expect(ends).toContainText('Invariants hold');
  await expect(ends).toContainText('1 held − 1 released = 0');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(ends).toContainText('On its way');
  await expect(follows).toContainText('Nothing has been set off yet.');
});

test('one selection goes through all panes and stays in the address', async ({ page, request }) => {
  const sagaId = await walkedBack(request, 'orchestration');
  await page.goto(`/sagas/${sagaId}?tab=sequence`);
  const release = rows(page).getByRole('button', { name: /inventory.release applied/ });
  await release.focus();
  await page.keyboard.press('Enter');
  await expect(release).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/step=inventory\.reserve&way=undo&attempt=1/);
  const panel = page.getByRole('region', { name: 'Attempt' });
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('inventory.release');

  const views = page.getByRole('navigation', { name: 'Views of this saga' });
  await views.getByRole('link', { name: 'Ledger' }).click();
  const row = page.locator('[data-written-by="inventory.reserve compensation"]');
  await expect(row).toHaveClass(/\bon\b/);
  const paid = page.locator('[data-written-by="payment.charge action"]');
  await paid.getByRole('button').click();
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('payment.charge');
  await panel.getByRole('button', { name: 'Previous attempt' }).click();
  await expect(panel.getByRole('link', { name: 'loses its reply after the commit' })).toBeVisible();
  await panel.getByRole('button', { name: 'Next attempt' }).click();
  await expect(panel.getByText('Fault')).toHaveCount(0);

  await views.getByRole('link', { name: 'Log' }).click();
  const log = page.locator('table.log tbody tr');
  await expect(log.last()).toContainText('all undone');
  const whole = await log.count();
  const shown = page.getByLabel('Events shown');
  await shown.selectOption('What went wrong');
  await expect(page).toHaveURL(/events=trouble/);
  await expect(log).toHaveText([/outcome unknown/, /failed/, /turned back/]);
  // A link to an event that the filter hides shows all of them again.
  await panel
    .getByRole('link', { name: /^#\d+$/ })
    .first()
    .click();
  await expect(log).toHaveCount(whole);
  await expect(page.locator('tr.linked')).toContainText('payment.charge');
  await expect(page.locator('tr.linked')).toBeInViewport();
  await shown.selectOption('What people did');
  await expect(page).not.toHaveURL(/#event/);
  await expect(page.getByText(`None of the ${whole} events is of this kind.`)).toBeVisible();
  await page.getByRole('button', { name: 'Show all events' }).click();
  await expect(log).toHaveCount(whole);

  await views.getByRole('link', { name: 'Story' }).click();
  await expect(page.locator('[data-step="payment.charge"]')).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.locator('.gr', { hasText: 'payment.charge' }).hover();
  await expect(paid).toHaveClass(/\bhot\b/);
  await page.goBack();
  await expect(page.locator('table.log')).toBeVisible();
  await expect(page.locator('.tl-card')).toBeHidden();

  await page.goto(`/sagas/${sagaId}?tab=nothing&step=${'x'.repeat(10_000)}&attempt=-1&at=many`);
  await expect(page.locator('.tl-card')).toBeVisible();
  await expect(panel).toBeVisible();
  await expect(page.locator('.past-note')).toHaveCount(0);
});

test('the scrubber shows every pane as of an event, and says so', async ({ page, request }) => {
  const sagaId = await walkedBack(request, 'orchestration');
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Compensated');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(page.locator('.badge')).toHaveText('Pending');
  await expect(page.locator('table.log tbody tr')).toHaveCount(1);
  await expect(page.locator('.lg .none')).toHaveCount(4);
  for (let pressed = 0; pressed < 6; pressed += 1) await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/at=7/);
  await expect(page.locator('.past-note')).toContainText('As of event #7');
  await expect(slider(page)).toHaveAttribute(
    'aria-valuetext',
    /Event 7 of \d+, .+ after the start: payment\.charge outcome unknown/,
  );
  await expect(page.locator('[data-step="payment.charge"]')).toContainText('Outcome unknown');
  await expect(page.locator('.bal')).toContainText('Money: €49.00 − €0.00');
  await expect(page.locator('.acts-now')).toContainText('Of the saga as it is now');

  await page.reload();
  await expect(page.locator('.past-note')).toContainText('As of event #7');
  await page.getByRole('button', { name: 'Back to the present' }).click();
  await expect(page.locator('.badge')).toHaveText('Compensated');
  await expect(page).not.toHaveURL(/at=/);

  await page.getByRole('button', { name: 'Replay from the start' }).click();
  await expect(page.locator('.past-note')).toContainText('As of event #');
  // It ends by itself, in the present.
  await expect(page.locator('.past-note')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Replay from the start' })).toBeVisible();
});

for (const style of ['orchestration', 'choreography'] as const) {
  test(`the fold in the browser ends where the server does, ${style}`, async ({ request }) => {
    const sagaId = await walkedBack(request, style);
    const saga = await query<Saga>(request, 'sagas.get', { sagaId });
    const events = await query<SagaEvent[]>(request, 'sagas.events', { sagaId });
    const { steps, status, paused, finishedAt } = sagaAsOf(saga, events, saga.seq);
    expect({ steps, status, paused }).toEqual({
      steps: saga.steps,
      status: saga.status,
      paused: saga.paused,
    });
    expect(finishedAt).toBeDefined();
  });
}

test('a saga that is retired while somebody looks at it says so, and keeps its last state', async ({
  page,
  request,
  stack,
}) => {
  const sagaId = await walkedBack(request, 'orchestration');
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Compensated');
  await retire(stack.databaseUrl, sagaId);
  const gone = page.getByRole('alert').filter({ hasText: 'no longer stored' });
  await expect(gone).toContainText('has ended and was retired at');
  await expect(page.locator('table.log tbody tr').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What you can do' })).toHaveCount(0);

  await page.reload();
  await expect(page.getByRole('heading', { name: 'No saga under this address' })).toBeVisible();
  await page.goto('/sagas/not-an-id');
  await expect(page.getByText('An id of a saga is a uuid')).toBeVisible();
  await page.getByRole('link', { name: 'All sagas' }).click();
  await expect(page).toHaveURL(/\/sagas\?tab=all/);
});

test('an act on a saga that has moved on says what happened meanwhile', async ({
  page,
  request,
}) => {
  const rule = { service: 'order', operation: 'order.confirm', kind: 'reject', nextCalls: 2 };
  await mutate(request, 'faults.set', rule);
  const { sagaId } = await placeOrder(request);
  await page.goto(`/sagas/${sagaId}`);
  await expect(page.locator('.badge')).toHaveText('Stuck, forward');
  await page.locator('[data-action="retry"]').click();
  const { seq } = await query<Saga>(request, 'sagas.get', { sagaId });
  const ask = { sagaId, reason: 'somebody else was quicker', expectedSeq: seq };
  expect((await mutate(request, 'sagas.retry', ask)).ok()).toBe(true);

  const meanwhile = page.locator('.meanwhile');
  await expect(meanwhile).toContainText(`from #${seq} to #`);
  await expect(meanwhile).toContainText('stuck');
  await page.getByLabel('Reason, for the audit log').fill('the pool is back');
  await page.getByRole('button', { name: 'Retry now' }).last().click();
  await expect(page.getByText('Nothing was sent')).toBeVisible();
  await meanwhile.getByRole('button', { name: /Go on from/ }).click();
  await expect(meanwhile).toHaveCount(0);
  await page.getByRole('button', { name: 'Retry now' }).last().click();
  await expect(page.locator('.badge')).toHaveText('Completed');
});

test('a log of 2 000 events stays small and can be gone through', async ({
  page,
  request,
  stack,
}) => {
  const { sagaId } = await startTrip(request);
  await expect
    .poll(async () => (await query<Saga>(request, 'sagas.get', { sagaId })).current?.waitsFor)
    .toBe('signal');
  await lengthen(stack.databaseUrl, sagaId, 2_000);
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  for (const tab of ['story', 'log', 'sequence']) {
    await page.goto(`/sagas/${sagaId}?tab=${tab}`);
    await expect(page.locator('.tabs .n')).toHaveText(/^2.\d{3}$/);
    expect(await nodes(), tab).toBeLessThanOrEqual(1_500);
    const last =
      tab === 'sequence' ? page.locator('.sq-rows li').last() : page.locator('.log tr').last();
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(last).toContainText('resumed');
    expect(await nodes(), tab).toBeLessThanOrEqual(1_500);
  }
  await page.goto(`/sagas/${sagaId}?tab=log#event-1000`);
  await expect(page.locator('#event-1000')).toBeInViewport();
  expect(await page.locator('.log tbody tr').count()).toBeLessThan(80);
  await page.goto(`/sagas/${sagaId}?tab=log&events=people#event-1`);
  await expect(page.locator('#event-1')).toBeInViewport();
});

/** As people would have left it who paused and resumed it all day. */
async function lengthen(databaseUrl: string, sagaId: string, count: number): Promise<void> {
  const pool = createPool({
    url: databaseUrl,
    searchPath: 'saga',
    applicationName: 'saga-detail-spec',
    size: 1,
  });
  await pool.transaction(async (tx) => {
    await tx.query(
      `insert into saga.event (saga_id, seq, type, data, actor)
       select $1, i.seq + n, case when n % 2 = 1 then 'SagaPaused' else 'SagaResumed' end,
              '{"reason":"a look at it"}', 'operator'
         from saga.instance i, generate_series(1, $2::int) n where i.id = $1`,
      [sagaId, count],
    );
    await tx.query('update saga.instance set seq = seq + $2::int where id = $1', [sagaId, count]);
  });
  await pool.end();
}

/** What `saga.retire` does with one that is old enough. */
async function retire(databaseUrl: string, sagaId: string): Promise<void> {
  const pool = createPool({
    url: databaseUrl,
    searchPath: 'saga',
    applicationName: 'saga-detail-spec',
    size: 1,
  });
  await pool.transaction(async (tx) => {
    await tx.query('insert into saga.retired (saga_id) values ($1)', [sagaId]);
    await tx.query('delete from saga.event where saga_id = $1', [sagaId]);
    await tx.query('delete from saga.instance where id = $1', [sagaId]);
  });
  await pool.end();
}
