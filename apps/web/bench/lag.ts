import type { APIRequestContext, Page } from '@playwright/test';
import { query } from '../e2e/api.ts';
import { pauseAndResume } from '../e2e/trips.ts';

interface Painted {
  readonly seq: number;
  readonly at: number;
}

interface Seen {
  readonly paints: readonly Painted[];
  /** The last event that has been drawn. */
  readonly drawn: number;
}

/**
 * From the moment an event bears, before its commit, to the frame that shows it: one waiting saga
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
  await page.locator('.tabs .n').waitFor();
  await notePaints(page);
  for (let rounds = 0; !(await isEnough(rounds)); rounds += 1) {
    await pauseAndResume(request, sagaId);
  }
  const log = await query<{ seq: number; at: string }[]>(request, 'sagas.events', { sagaId });
  await page.waitForFunction((seq) => (window as unknown as Seen).drawn >= seq, log.length);
  const painted = await page.evaluate(
    () =>
      new Promise<readonly Painted[]>((resolve) => {
        const { paints } = window as unknown as Seen;
        requestAnimationFrame(() => setTimeout(() => resolve(paints)));
      }),
  );
  return painted.flatMap(({ seq, at }) => {
    const event = log[seq - 1];
    return event ? [at - Date.parse(event.at)] : [];
  });
}

/**
 * Notes, in the task after the frame that draws it, the count of events beside "Log". A long log keeps
 * only those rows in the page that are on the screen, the count says all of them.
 */
async function notePaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    const paints: Painted[] = [];
    const count = document.querySelector('.tabs .n');
    if (!count) throw new Error('no count of events');
    const seen = {
      paints,
      drawn: 0,
      // No function of its own: its name would be noted by a helper that the page does not have.
      read() {
        return Number(count.textContent.replaceAll(/\D/g, ''));
      },
    };
    seen.drawn = seen.read();
    Object.assign(window, seen);
    new MutationObserver(() => {
      const last = seen.read();
      requestAnimationFrame(() =>
        setTimeout(() => {
          const at = performance.timeOrigin + performance.now();
          for (let seq = seen.drawn + 1; seq <= last; seq += 1) paints.push({ seq, at });
          seen.drawn = Math.max(seen.drawn, last);
          Object.assign(window, seen);
        }),
      );
    }).observe(count, { childList: true, characterData: true, subtree: true });
  });
}
