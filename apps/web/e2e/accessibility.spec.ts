import type { APIRequestContext, Page, Route } from '@playwright/test';
import { clearFaults, mutate, placeOrder, query } from './api.ts';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { startTrip } from './trips.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const themes = ['light', 'dark'] as const;

/** What lies behind the pages: sagas in every kind of end, and a launch. */
interface World {
  readonly completed: string;
  /** The same order, choreographed. */
  readonly told: string;
  readonly stuck: string;
  readonly trip: string;
  readonly batchId: string;
}
let world: World;

const pagesOf = ({ completed, told, stuck, trip, batchId }: World): readonly string[] => [
  '/',
  '/orders/new',
  '/sagas/new',
  '/failures',
  '/sagas?tab=all',
  '/sagas?tab=stuck',
  '/launch',
  `/launch/${batchId}`,
  '/flow',
  '/compare',
  `/compare?a=${completed}`,
  `/compare?a=${completed}&b=${told}`,
  '/metrics',
  '/audit',
  '/workers',
  '/login',
  '/no-such-page',
  `/sagas/${completed}`,
  `/sagas/${stuck}`,
  `/sagas/${trip}`,
];

/** Those that change by themselves, and say so when they no longer do. */
const livePagesOf = ({ completed, told, stuck, batchId }: World): readonly string[] => [
  '/',
  '/failures',
  '/sagas?tab=all',
  `/launch/${batchId}`,
  `/compare?a=${completed}&b=${told}`,
  '/metrics',
  '/audit',
  '/workers',
  `/sagas/${stuck}`,
  `/sagas/${told}?tab=sequence`,
];

const tabsOf = ({ stuck, told }: World): readonly string[] => [
  ...['timeline', 'log', 'sequence', 'ledger'].map((tab) => `/sagas/${stuck}?tab=${tab}`),
  `/sagas/${stuck}?tab=log&events=people`,
  `/sagas/${stuck}?tab=ledger&at=9`,
  `/sagas/${told}?at=9`,
  `/sagas/${told}?tab=sequence`,
  '/sagas/not-an-id',
];

/** Pages that can have nothing to show. */
const emptied = ['/', '/orders/new', '/sagas/new', '/failures', '/sagas', '/workers'];

test.beforeAll(async ({ request }) => {
  await clearFaults(request);
  const once = { nextCalls: 1 };
  const charge = { service: 'payment', operation: 'payment.charge', ...once };
  await mutate(request, 'faults.set', { ...charge, kind: 'fail-after-commit' });
  const completed = await placeOrder(request);
  const told = await placeOrder(request, { style: 'choreography' });
  const confirm = { service: 'order', operation: 'order.confirm', ...once };
  await until(request, completed.sagaId, 'completed');
  await until(request, told.sagaId, 'completed');
  await mutate(request, 'faults.set', { ...confirm, kind: 'reject' });
  const stuck = await placeOrder(request);
  await until(request, stuck.sagaId, 'stuck');
  const trip = await startTrip(request);
  const launched = await mutate(request, 'batches.launch', { count: 3, style: 'both' });
  const { result } = (await launched.json()) as { result: { data: { batchId: string } } };
  // One that stays, so that the fault bar and an active cell are looked at too.
  const release = { service: 'inventory', operation: 'inventory.release' };
  await mutate(request, 'faults.set', { ...release, kind: 'delay', delayMs: 1 });
  world = {
    completed: completed.sagaId,
    told: told.sagaId,
    stuck: stuck.sagaId,
    trip: trip.sagaId,
    batchId: result.data.batchId,
  };
});

test.afterAll(({ request }) => clearFaults(request));

async function until(request: APIRequestContext, sagaId: string, status: string): Promise<void> {
  await expect
    .poll(async () => (await query<{ status: string }>(request, 'sagas.get', { sagaId })).status)
    .toBe(status);
}

for (const size of sizes) {
  test.describe(`${size.width} px`, () => {
    test.use({ viewport: size, reducedMotion: 'reduce' });
    test.setTimeout(180_000);

    test('loaded, then disconnected with what was there', async ({ page }) => {
      await open(page, '/');
      await expect(page.locator('.live')).toHaveAttribute('data-phase', 'live');
      for (const path of [...pagesOf(world), ...tabsOf(world)]) {
        await goTo(page, path);
        await look(page, path);
      }
      for (const key of ['Control+k', '?']) {
        // One that is pressed in the moment of a navigation is closed by it.
        await expect(async () => {
          await page.keyboard.press(key);
          await expect(page.getByRole('dialog')).toBeVisible({ timeout: 1_000 });
        }).toPass();
        await look(page, key);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }

      await page.route('**/api/trpc/**', (route) => route.abort());
      // Another saga to follow: its stream, and every one after it, is refused.
      await goTo(page, `/sagas/${world.completed}`);
      await expect(page.locator('.live')).toHaveAttribute('data-phase', 'offline', {
        timeout: 20_000,
      });
      for (const path of livePagesOf(world)) {
        await goTo(page, path);
        await look(page, `${path}, disconnected`);
      }
    });

    test('empty', async ({ page }) => {
      await page.route('**/api/trpc/live*', (route) => route.abort());
      await page.route(isRead, withNothing);
      await open(page, '/');
      for (const path of emptied) {
        await goTo(page, path);
        await look(page, `${path}, empty`);
      }
      await expect(page.locator('.empty').first()).toBeVisible();
    });

    test('every question refused', async ({ page }) => {
      await page.route(isRead, refuse);
      await open(page, '/');
      for (const path of pagesOf(world)) {
        await goTo(page, path);
        await look(page, `${path}, refused`);
      }
      await expect(page.locator('.err').first()).toBeVisible();
    });
  });
}

async function open(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(path);
  await settled(page);
}

/** As a link does: the document, its stream and what it has read stay. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => {
    const { next } = window as unknown as { next: { router: { push: (path: string) => void } } };
    next.router.push(path);
  }, path);
  await page.waitForURL((url) => `${url.pathname}${url.search}` === path);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator('main h1, main .err, main .empty').first()).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  // Comes a moment after the page itself.
  await expect(page).toHaveTitle(/Counterstep/);
}

async function look(page: Page, at: string): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    // The other theme changes colours and nothing else.
    const found = await violations(page, theme === 'light' ? undefined : 'color-contrast');
    expect(found, `${at}, ${theme}`).toEqual([]);
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${at} is too wide`).toBeLessThanOrEqual(0);
}

const isRead = (url: URL) =>
  url.pathname.startsWith('/api/trpc/') && !url.pathname.startsWith('/api/trpc/live');

/** The server's own answers with everything taken out of them. */
async function withNothing(route: Route): Promise<void> {
  const response = await route.fetch();
  const body = (await response.json()) as Answer | Answer[];
  const json = Array.isArray(body) ? body.map(emptyAnswer) : emptyAnswer(body);
  await route.fulfill({ response, json });
}

interface Answer {
  readonly result?: { readonly data: unknown };
}

const emptyAnswer = (answer: Answer): Answer =>
  answer.result ? { result: { data: emptyOf(answer.result.data) } } : answer;

function emptyOf(data: unknown): unknown {
  if (Array.isArray(data)) return [];
  if (typeof data === 'number') return 0;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, emptyOf(value)]));
}

/** What the server says when it has too much to do; the browser does not ask again by itself. */
async function refuse(route: Route): Promise<void> {
  const paths = new URL(route.request().url()).pathname.slice('/api/trpc/'.length).split(',');
  const errors = paths.map((path) => ({
    error: {
      message: 'Too much is asked at once. Try again in a moment.',
      code: -32_029,
      data: { code: 'TOO_MANY_REQUESTS', httpStatus: 429, path },
    },
  }));
  const isBatch = new URL(route.request().url()).searchParams.has('batch');
  await route.fulfill({ status: 429, json: isBatch ? errors : errors[0] });
}
