import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uuidAt, uuidV7 } from '../src/store/ids.ts';

const places = fc.nat(2 ** 26 - 1);
const times = fc.integer({ min: 0, max: 2 ** 42 });
const form = (version: number) =>
  new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-${version}[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`);

it('ids of many that begin together are in the order of their places, and always the same', () => {
  fc.assert(
    fc.property(times, places, places, (ms, a, b) => {
      const [one, other] = [uuidAt(ms, a, 'saga'), uuidAt(ms, b, 'saga')];
      expect(one).toMatch(form(8));
      expect(uuidAt(ms, a, 'saga')).toBe(one);
      expect(uuidAt(ms, a, 'order')).not.toBe(one);
      expect(Math.sign(a - b)).toBe(one === other ? 0 : one < other ? -1 : 1);
    }),
  );
});

it('ids of different times are in the order of these', () => {
  fc.assert(
    fc.property(times, times, (a, b) => {
      fc.pre(a !== b);
      expect(uuidV7(a)).toMatch(form(7));
      expect(uuidV7(a) < uuidV7(b)).toBe(a < b);
      expect(uuidAt(a, 1, 'x') < uuidAt(b, 0, 'x')).toBe(a < b);
    }),
  );
});
