import type { Page } from '@playwright/test';

interface Shifts {
  /** All of them added up, which is stricter than the browsers' own windows of five seconds. */
  readonly sum: number;
  /** What moved, by element and how much of the sum it has part in; most first. */
  readonly moved: readonly (readonly [string, number])[];
}

/** Watches the page's layout shifts from now on; the returned function reads them. */
export async function noteShifts(page: Page): Promise<() => Promise<Shifts>> {
  await page.evaluate(() => {
    interface Shift extends PerformanceEntry {
      readonly value: number;
      readonly sources: readonly { readonly node: Node | null }[];
    }
    const moved = new Map<string, number>();
    const total = { sum: 0, moved };
    Object.assign(window, { total });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        total.sum += entry.value;
        for (const { node } of entry.sources) {
          const within =
            node instanceof Element && node.className === '' ? node.parentElement : null;
          const name =
            node instanceof Element
              ? `${within ? `${within.className} ` : ''}${node.localName}.${node.className}`
              : 'text';
          moved.set(name, (moved.get(name) ?? 0) + entry.value);
        }
      }
    }).observe({ type: 'layout-shift' });
  });
  return () =>
    page.evaluate(() => {
      const { total } = window as unknown as {
        total: { sum: number; moved: Map<string, number> };
      };
      const moved = [...total.moved].sort(([, a], [, b]) => b - a).slice(0, 3);
      return { sum: total.sum, moved };
    });
}
