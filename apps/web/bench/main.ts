import { type APIRequestContext, type BrowserContext, chromium, type Page } from '@playwright/test';
import { readCommandLine } from '../../../scripts/command-line/command.ts';
import { onOff, wholeNumber } from '../../../scripts/command-line/option.ts';
import { startBuild } from '../../../scripts/stack/build.ts';
import { logFolder } from '../../../scripts/stack/paths.ts';
import { freePort } from '../../../scripts/stack/port.ts';
import { violations } from '../e2e/axe.ts';
import { findBrowser } from '../e2e/browser/find-browser.ts';
import { launchOptions } from '../e2e/browser/launch-options.ts';
import { seedMany } from '../e2e/many-sagas.ts';
import { startE2eStack } from '../e2e/stack/e2e-stack.ts';
import { startTrip } from '../e2e/trips.ts';
import { measureFilters } from './filters.ts';
import { measureLag } from './lag.ts';
import { launch } from './load.ts';
import { quantile } from './quantile.ts';
import { type Line, printReport } from './report.ts';
import { readScripts } from './scripts.ts';
import { noteShifts } from './shift.ts';

// The budgets of the dashboard against what this machine shows: the built product on a throw-away
// Postgres, in a real browser on the same machine. It reports; it does not judge a busy machine.
const values = readCommandLine({
  name: 'pnpm bench:ui',
  does: 'the budgets of the dashboard, in a real browser on this machine',
  options: {
    rate: wholeNumber('orders a second under load (300)'),
    quick: onOff('shorter, with a smaller list'),
  },
});
const rate = values.rate ?? 300;
const size = values.quick
  ? { rounds: 15, loadSeconds: 10, sagas: 20_000, filterRounds: 1 }
  : { rounds: 100, loadSeconds: 60, sagas: 100_000, filterRounds: 3 };

await startBuild(logFolder).done;
const stack = await startE2eStack(await freePort(), 'bench-ui');
const browser = await chromium.launch(launchOptions(await findBrowser()));
try {
  const context = await browser.newContext({
    baseURL: stack.url,
    viewport: { width: 1440, height: 900 },
  });
  const lines = [
    ...(await liveUpdates(context, context.request)),
    ...(await axeOfPages(context)),
    ...(await largeList(context)),
    ...scripts(),
  ];
  printReport(lines);
} finally {
  await browser.close();
  await stack.stop();
}

async function liveUpdates(
  context: BrowserContext,
  request: APIRequestContext,
): Promise<readonly Line[]> {
  const { sagaId } = await startTrip(request);
  const page = await context.newPage();
  console.log(`Idle: ${size.rounds * 2} events of one saga`);
  const idle = await measureLag(page, request, sagaId, (rounds) =>
    Promise.resolve(rounds >= size.rounds),
  );

  const count = rate * size.loadSeconds;
  console.log(`Load: ${count} orders at ${rate} a second`);
  const list = await open(context, '/sagas?tab=all');
  const overview = await open(context, '/');
  const shifts = [await noteShifts(list), await noteShifts(overview)] as const;
  const load = await launch(request, count, rate);
  const loaded = await measureLag(page, request, sagaId, () => load.isOver());
  const [ofList, ofOverview] = [await shifts[0](), await shifts[1]()];
  for (const { moved } of [ofList, ofOverview]) {
    for (const [name, part] of moved) console.log(`  moved: ${name}, ${part.toFixed(4)}`);
  }
  await Promise.all([list.close(), overview.close(), page.close()]);
  const at = `at ${load.rate().toFixed(0)} sagas/s`;
  return [
    { what: 'commit to pixel, idle, p50', measured: quantile(idle, 0.5), unit: 'ms' },
    { what: 'commit to pixel, idle, p95', measured: quantile(idle, 0.95), max: 250, unit: 'ms' },
    { what: `commit to pixel, ${at}, p50`, measured: quantile(loaded, 0.5), unit: 'ms' },
    { what: `commit to pixel, ${at}, p95`, measured: quantile(loaded, 0.95), max: 500, unit: 'ms' },
    { what: `CLS of the list, ${at}`, measured: ofList.sum, max: 0.02, unit: '', digits: 4 },
    {
      what: `CLS of the overview, ${at}`,
      measured: ofOverview.sum,
      max: 0.02,
      unit: '',
      digits: 4,
    },
  ];
}

async function axeOfPages(context: BrowserContext): Promise<readonly Line[]> {
  console.log('axe: pages, both themes and widths');
  let found = 0;
  for (const path of ['/', '/orders/new', '/failures', '/sagas?tab=all', '/flow', '/workers']) {
    const page = await open(context, path);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const here = await violations(page);
        found += here.length;
        for (const each of here) console.log(`  ${path}, ${width} px, ${colorScheme}: ${each}`);
      }
    }
    await page.close();
  }
  return [{ what: 'axe violations, WCAG 2.2 AA', measured: found, max: 0, unit: '' }];
}

async function largeList(context: BrowserContext): Promise<readonly Line[]> {
  console.log(`List: ${size.sagas} sagas`);
  await seedMany(stack.databaseUrl, size.sagas);
  const page = await context.newPage();
  const { answerMs, drawnMs, nodesMax } = await measureFilters(
    page,
    context.request,
    size.filterRounds,
  );
  const of = `of ${size.sagas} sagas`;
  return [
    { what: `list filter ${of}, answer, p95`, measured: quantile(answerMs, 0.95), unit: 'ms' },
    {
      what: `list filter ${of}, drawn, p95`,
      measured: quantile(drawnMs, 0.95),
      max: 300,
      unit: 'ms',
    },
    { what: 'DOM nodes of the list, most', measured: nodesMax, max: 1_500, unit: '' },
  ];
}

function scripts(): readonly Line[] {
  const { sharedBytes, routes } = readScripts();
  const kB = (bytes: number) => bytes / 1_000;
  return [
    {
      what: 'scripts that all routes share, gzip',
      measured: kB(sharedBytes),
      max: 200,
      unit: 'kB',
    },
    ...routes.map(({ route, bytes }) => ({
      what: `scripts of ${route}, gzip`,
      measured: kB(bytes),
      unit: 'kB',
    })),
  ];
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await page.locator('.live[data-phase="live"]').waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  return page;
}
