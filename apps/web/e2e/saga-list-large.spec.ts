import { createPool, type Pool } from '@counterstep/db/tx';
import { seedSagas, type SeedKind } from '@counterstep/db/testing';
import { clearFaults, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';

const count = 100_000;
const nodesMax = 1_500;
const correlationId = 'seeded-list';

const names = [
  'order.create',
  'inventory.reserve',
  'payment.charge',
  'shipment.initiate',
  'order.confirm',
];
const done = (upTo: number) =>
  Object.fromEntries(names.slice(0, upTo).map((name) => [name, ['succeeded', null]]));
const at = { step: 'payment.charge', direction: 'action', attempt: 2 };
const error = { code: 'UNAVAILABLE', message: '503 from provider' };
const orchestrated = { style: 'orchestration' } as const;
const kinds: readonly SeedKind[] = [
  { ...orchestrated, share: 560, status: 'completed', summary: { steps: done(5) } },
  { style: 'choreography', share: 300, status: 'completed', summary: { steps: done(5) } },
  { style: 'choreography', share: 80, status: 'compensated', summary: { steps: {} } },
  { ...orchestrated, share: 40, status: 'running', summary: { steps: done(2), at } },
  {
    ...orchestrated,
    share: 10,
    status: 'running',
    summary: { steps: done(2), at: { ...at, retryAt: '2030-01-01T00:00:00.000Z', error } },
  },
  {
    ...orchestrated,
    share: 6,
    status: 'stuck',
    summary: { steps: done(2), direction: 'action', at: { ...at, error }, doubt: [at.step] },
  },
  {
    ...orchestrated,
    share: 3,
    status: 'stuck',
    summary: { steps: done(4), direction: 'action', at: { ...at, step: 'order.confirm', error } },
  },
  { ...orchestrated, share: 1, status: 'resolved', summary: { steps: done(5) } },
];

let owner: Pool;

test.beforeAll(async ({ stack, request }) => {
  test.setTimeout(120_000);
  await clearFaults(request);
  owner = createPool({
    url: stack.databaseUrl,
    searchPath: 'saga',
    applicationName: 'seed',
    statementTimeoutMs: 60_000,
    transactionTimeoutMs: 60_000,
  });
  await seedSagas(owner, {
    count,
    definition: 'place-order',
    version: 1,
    kinds,
    subjects: ['seeded-cafe', 'seeded-inn', 'seeded-bakery', 'seeded-market'],
    correlationId,
  });
});

test.afterAll(async () => {
  await owner.query('delete from saga.instance where correlation_id = $1', [correlationId]);
  await owner.end();
});

test('among 100 000 sagas a filter answers, and the page stays small', async ({
  page,
  request,
}, info) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/sagas?tab=all');
  await expect(page.locator('tr[data-saga]').first()).toBeVisible();
  const { sagaId } = await placeOrder(request, { customerId: 'needle-house' });

  const filters = [
    'tab=all',
    'tab=active',
    'tab=stuck',
    'tab=retrying',
    'tab=unknown',
    'tab=compensated',
    'tab=resolved',
    'tab=completed&style=choreography',
    'tab=all&order=oldest',
    'tab=all&search=seeded-inn',
    'tab=stuck&search=seeded',
    'tab=all&search=needle',
    `tab=all&search=${sagaId.slice(-7)}`,
    'tab=all&search=nobody-at-all',
    'tab=all&definition=trip',
  ];
  const times: number[] = [];
  for (const filter of filters) {
    const answered = page.waitForResponse((response) => response.url().includes('sagas.list'));
    await page.goto(`/sagas?${filter}`);
    const response = await answered;
    expect(response.ok(), filter).toBe(true);
    await response.finished();
    times.push(response.request().timing().responseEnd);
    await expect(page.locator('tr[data-saga], .empty').first()).toBeVisible();
    expect(await nodes(), filter).toBeLessThanOrEqual(nodesMax);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (q: number) => Math.round(sorted[Math.ceil(q * sorted.length) - 1] ?? 0);
  const line = `${count} sagas, ${times.length} filters: p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms`;
  console.log(line);
  info.annotations.push({ type: 'measured', description: line });

  async function nodes(): Promise<number> {
    return page.evaluate(() => document.querySelectorAll('*').length);
  }
});

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`scrolling through thousands of rows, ${size.width} px`, async ({ page }) => {
    test.slow();
    await page.setViewportSize(size);
    await page.goto('/sagas?tab=all&search=seeded');
    const rows = page.locator('tr[data-saga]');
    await expect(rows.first()).toBeVisible();
    const seen = new Set<string>();
    let most = 0;
    const look = () =>
      page.evaluate(() => {
        const shown = [...document.querySelectorAll<HTMLElement>('tr[data-saga]')];
        window.scrollTo(0, document.documentElement.scrollHeight);
        return {
          nodes: document.querySelectorAll('*').length,
          ids: shown.map((row) => row.dataset['saga'] ?? ''),
          reached: Number(shown.at(-1)?.getAttribute('aria-rowindex')),
        };
      });
    // Each look goes to the end; the next page follows there.
    await expect
      .poll(
        async () => {
          const { nodes, ids, reached } = await look();
          most = Math.max(most, nodes);
          for (const id of ids) seen.add(id);
          return reached;
        },
        { timeout: 60_000, intervals: [50] },
      )
      .toBeGreaterThan(1_000);
    console.log(`${size.width} px: at most ${most} nodes`);
    expect(most).toBeLessThanOrEqual(nodesMax);
    expect(seen.size).toBeGreaterThan(100);
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect(page.locator('tr[aria-rowindex="2"]')).toBeVisible();
  });
}
