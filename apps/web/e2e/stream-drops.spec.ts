import type { Page } from '@playwright/test';
import { startCuttingProxy } from './cutting-proxy.ts';
import { clearFaults, mutate, query } from './api.ts';
import { expect, test } from './fixtures.ts';
import { pauseAndResume, startTrip } from './trips.ts';

const drops = 50;
const seed = 20_260_101;

/** The same moments in every run (mulberry32), so that a failure can be had again. */
function chance(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Only the rows on the screen are there: reads them from the top to the end of the page. */
function readLog(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const drawn = () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const read = new Map<number, string>();
    for (let y = 0; ; y += window.innerHeight / 2) {
      window.scrollTo(0, y);
      await drawn();
      const rows = [...document.querySelectorAll('table.log tbody tr[data-type]')];
      const seqs = rows.map((row) => Number(row.querySelector('td.q')?.textContent));
      if (new Set(seqs).size < seqs.length) throw new Error(`A row is there twice: ${seqs.join()}`);
      for (const [index, seq] of seqs.entries()) {
        read.set(seq, `${seq} ${rows[index]?.getAttribute('data-type')}`);
      }
      if (y + window.innerHeight >= document.documentElement.scrollHeight)
        return [...read.values()];
    }
  });
}

test.beforeEach(({ request }) => clearFaults(request));

test(`${drops} drops of the stream during a launch: no gap and no duplicate in the log`, async ({
  page,
  request,
  stack,
}) => {
  test.setTimeout(150_000);
  const random = chance(seed);
  // From the middle of the first frame to some seconds of frames.
  const proxy = await startCuttingProxy(
    Number(new URL(stack.url).port),
    () => 400 + Math.floor(random() * 12_000),
  );
  try {
    // One that waits for a person: its log grows for as long as somebody pauses and resumes it.
    const { sagaId } = await startTrip(request);
    await page.goto(`${proxy.url}/sagas/${sagaId}?tab=log`);
    await expect(page.locator('table.log tr[data-type="SignalAwaited"]')).toBeVisible();
    await page.evaluate(() => document.body.setAttribute('data-loaded-once', 'yes'));
    const launched = await mutate(request, 'batches.launch', {
      count: 400,
      style: 'both',
      ratePerSecond: 15,
    });
    expect(launched.ok()).toBe(true);

    const shown = page.locator('.tabs .n');
    const seen: number[] = [];
    let rounds = 0;
    while (proxy.cuts() < drops) {
      await pauseAndResume(request, sagaId);
      rounds += 1;
      seen.push(Number(await shown.textContent()));
    }
    proxy.heal();

    const log = await query<{ seq: number; type: string }[]>(request, 'sagas.events', { sagaId });
    await expect(shown).toHaveText(`${log.length}`, { timeout: 20_000 });
    expect(await readLog(page)).toEqual(log.map(({ seq, type }) => `${seq} ${type}`));
    // It was the stream that brought them, while it was being cut, and never a page loaded anew.
    expect(new Set(seen).size).toBeGreaterThan(5);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
    await expect(page.locator('body')).toHaveAttribute('data-loaded-once', 'yes');
    console.log(`${proxy.cuts()} drops, ${rounds} rounds, ${log.length} events`);
  } finally {
    await proxy.close();
  }
});
