import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const require = createRequire(import.meta.url);
const script = createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core');

/** As much of axe as is used; its own types belong to a package that this one does not depend on. */
interface Axe {
  run(root: Document, options: object): Promise<{ readonly violations: readonly Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds on the page as it is, by rule and element. The builder of the Playwright package opens
 * another page for every run; here the script is put into a document once and called.
 */
export async function violations(page: Page, rule?: string): Promise<readonly string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.addScriptTag({ path: script });
  const options = {
    resultTypes: ['violations'],
    runOnly: rule ? { type: 'rule', values: [rule] } : { type: 'tag', values: tags },
  };
  const found = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run(document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }, options);
  return found;
}
