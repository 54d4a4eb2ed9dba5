import { chromium } from '@playwright/test';
import { type Candidate, launchOptions } from './launch-options.ts';

const launchTimeoutMs = 30_000;
const actionTimeoutMs = 10_000;

/**
 * Launches a browser and clicks a button in it: many a binary starts and then misses a library, a
 * font or shared memory. Undefined when it works, otherwise what went wrong, in one line.
 */
export async function probe(candidate: Candidate): Promise<string | undefined> {
  try {
    const browser = await chromium.launch({
      ...launchOptions(candidate),
      timeout: launchTimeoutMs,
    });
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(actionTimeoutMs);
      await page.setContent(`<style>button { font: 16px/1.5 system-ui }</style><p>→ ✓ 漢</p>
        <button onclick="this.textContent = 1 + 1">go</button>`);
      // Drawing text is where a browser without fonts ends.
      await page.screenshot();
      await page.getByRole('button').click();
      const text = await page.getByRole('button').textContent();
      return text === '2' ? undefined : `a click came to ${text ?? 'nothing'}`;
    } finally {
      await browser.close();
    }
  } catch (error) {
    return firstTellingLine(error instanceof Error ? error.message : String(error));
  }
}

function firstTellingLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const telling = lines.find((line) =>
    /error while loading|ENOENT|doesn't exist|cannot open|EACCES/i.test(line),
  );
  return (telling ?? lines[0] ?? 'it does not start').slice(0, 300);
}
