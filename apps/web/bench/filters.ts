import type { APIRequestContext, Page } from '@playwright/test';
import { placeOrder } from '../e2e/api.ts';
import { filtersFor } from '../e2e/many-sagas.ts';

export interface Filtered {
  /** The server's answer, as the browser times it. */
  readonly answerMs: readonly number[];
  /** From the change of the address to the frame after the answer. */
  readonly drawnMs: readonly number[];
  readonly nodesMax: number;
}

/** Goes through the filters on one open page, as its tabs and search do. */
export async function measureFilters(
  page: Page,
  request: APIRequestContext,
  rounds: number,
): Promise<Filtered> {
  const { sagaId } = await placeOrder(request, { customerId: 'needle-house' });
  const answerMs: number[] = [];
  const drawnMs: number[] = [];
  let nodesMax = 0;
  for (let round = 0; round < rounds; round += 1) {
    // A page of its own for each round: nothing is in its cache.
    await page.goto('/sagas?tab=paused');
    await page.locator('.live[data-phase="live"]').waitFor();
    await page.locator('.empty, tr[data-saga]').first().waitFor();
    for (const filter of filtersFor(sagaId)) {
      const answered = page.waitForResponse((response) => response.url().includes('sagas.list'));
      const from = performance.now();
      await push(page, `/sagas?${filter}`);
      const response = await answered;
      await response.finished();
      await nextFrame(page);
      drawnMs.push(performance.now() - from);
      answerMs.push(response.request().timing().responseEnd);
      const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
      nodesMax = Math.max(nodesMax, nodes);
    }
  }
  return { answerMs, drawnMs, nodesMax };
}

/** What the page's own controls do: no way to the server but for the list itself. */
async function push(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => window.history.pushState(null, '', path), path);
}

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
  );
}
