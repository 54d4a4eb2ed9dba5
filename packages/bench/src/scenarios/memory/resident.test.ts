import { expect, test } from 'vitest';
import { growthOf } from './resident.ts';

const course = (of: (minute: number) => number) =>
  Array.from({ length: 11 }, (_, x) => ({ x, y: of(x) }));

test('caches that fill at the beginning are no growth', () => {
  const { mbPerMinute, medianMb } = growthOf(course((minute) => (minute < 2 ? 50 : 100)));
  expect(mbPerMinute).toBe(0);
  expect(medianMb).toBe(100);
});

test('what grows until the end is', () => {
  const { mbPerMinute, mostMb } = growthOf(course((minute) => 100 + minute * 3));
  expect(mbPerMinute).toBeCloseTo(3, 10);
  expect(mostMb).toBe(130);
});
