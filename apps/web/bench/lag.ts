import type { APIRequestContext, Page } from '@playwright/test';
import { query } from '../e2e/api.ts';
import { pauseAndResume } from '../e2e/trips.ts';

interface Painted {
  readonly seq: number;
  readonly at: number;
}

/**
 * From the moment an event bears, before its commit, to the frame that shows its row: one waiting saga
 * is paused and resumed on its open page, each of which appends to its log. Same machine, same clock.
 */
export async function measureLag(
  page: Page,
  request: APIRequestContext,
  sagaId: string,
  isEnough: (rounds: number) => Promise<boolean>,
): Promise<readonly number[]> {
  await page.goto(`/sagas/${sagaId}?tab=log`);
  await page.locator('.live[data-phase="live"]').waitFor();
  await page.locator('table.log tbody tr').first().waitFor();
  await notePaints(page);
  for (let rounds = 0; !(await isEnough(rounds)); rounds += 1) {
    await pauseAndResume(request, sagaId);
  }
  const log = await query<{ seq: number; at: string }[]>(request, 'sagas.events', { sagaId });
  await page.locator(`#event-${log.length}`).waitFor();
  const painted = await page.evaluate(
    () =>
      new Promise<Painted[]>((resolve) => {
        const { paints } = window as unknown as { paints: Painted[] };
        requestAnimationFrame(() => setTimeout(() => resolve(paints)));
      }),
  );
  return painted.flatMap(({ seq, at }) => {
    const event = log[seq - 1];
    return event ? [at - Date.parse(event.at)] : [];
  });
}

/** Notes each new row of the log in the task after the frame that draws it. */
async function notePaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    const paints: Painted[] = [];
    Object.assign(window, { paints });
    const body = document.querySelector('table.log tbody');
    if (!body) throw new Error('no log');
    new MutationObserver((changes) => {
      const rows = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      requestAnimationFrame(() =>
        setTimeout(() => {
          const at = performance.timeOrigin + performance.now();
          for (const row of rows) {
            const seq = row instanceof Element ? Number(row.querySelector('td.q')?.textContent) : 0;
            if (seq) paints.push({ seq, at });
          }
        }),
      );
    }).observe(body, { childList: true });
  });
}
