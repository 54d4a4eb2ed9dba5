import { clearFaults, placeOrder } from './api.ts';
import { expect, test } from './fixtures.ts';
import { filtersFor, seedMany } from './many-sagas.ts';

const count = 100_000;
const nodesMax = 1_500;

let removeSeeds: () => Promise<void>;

test.beforeAll(async ({ stack, request }) => {
  test.setTimeout(120_000);
  await clearFaults(request);
  removeSeeds = await seedMany(stack.databaseUrl, count);
});

test.afterAll(() => removeSeeds());

test('among 100 000 sagas a filter answers, and the page stays small', async ({
  page,
  request,
}, info) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/sagas?tab=all');
  await expect(page.locator('tr[data-saga]').first()).toBeVisible();
  const { sagaId } = await placeOrder(request, { customerId: 'needle-house' });

  const times: number[] = [];
  for (const filter of filtersFor(sagaId)) {
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

test('a file that cannot hold all that is found says so in its name', async ({ page }) => {
  await page.goto('/sagas?tab=all');
  const nameOf = (query: string) =>
    page.evaluate(async (query) => {
      const rest = new AbortController();
      const response = await fetch(`/api/export?${query}`, { signal: rest.signal });
      rest.abort();
      return response.headers.get('content-disposition');
    }, query);
  expect(await nameOf('format=csv')).toBe('attachment; filename="sagas-first-50000.csv"');
  expect(await nameOf('format=json&status=stuck')).toBe('attachment; filename="sagas.json"');
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
