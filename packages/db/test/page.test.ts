import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limitsOf, type Page, within } from '../src/bus/page.ts';
import { type Delivery, pageMax } from '../src/bus/read-outbox.ts';

/** Times in ms, as the messages of one partition of one outbox bear them. */
const found = fc.oneof(
  fc.array(fc.nat(999), { maxLength: 5 }),
  fc.array(fc.nat(999), { minLength: pageMax, maxLength: pageMax }),
);
const pages = fc.array(found, { minLength: 1, maxLength: 4 });

function pageOf(times: readonly number[]): Page {
  const deliveries = times.map((ms, index): Delivery => {
    const cursor = { xid: `${700 + index}`, id: `${index}` };
    return { partition: 0, cursor, at: new Date(ms).toISOString(), message: undefined };
  });
  return { byPartition: new Map([[0, deliveries]]), xmin: '9999' };
}

const of = ({ byPartition }: Page): readonly Delivery[] => byPartition.get(0) ?? [];

it('handles the whole of a page that is full, so that reading goes on', () => {
  fc.assert(
    fc.property(pages, (times) => {
      const all = times.map((each) => pageOf(each));
      const limit = limitsOf(all).get(0);
      const isCut = all.some((page) => of(page).length >= pageMax);
      expect(limit !== undefined).toBe(isCut);
      const isWhole = (page: Page) => within(of(page), limit).length === of(page).length;
      expect(isCut ? all.some((page) => of(page).length >= pageMax && isWhole(page)) : true).toBe(
        true,
      );
      if (!isCut) expect(all.every(isWhole)).toBe(true);
    }),
  );
});

it('handles a beginning of each page, and nothing later than what a full one ends with', () => {
  fc.assert(
    fc.property(pages, (times) => {
      const all = times.map((each) => pageOf(each));
      const limit = limitsOf(all).get(0);
      for (const page of all) {
        const handled = within(of(page), limit);
        expect(handled).toEqual(of(page).slice(0, handled.length));
        if (limit !== undefined) expect(handled.every(({ at }) => at <= limit)).toBe(true);
      }
    }),
  );
});
