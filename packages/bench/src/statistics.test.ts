import { describe, expect, test } from 'vitest';
import { mean, median, quantile, slope } from './statistics.ts';

describe('quantile', () => {
  test('does not depend on the order, and leaves it alone', () => {
    const values = [5, 1, 4, 2, 3];
    expect(quantile(values, 0.5)).toBe(3);
    expect(values).toEqual([5, 1, 4, 2, 3]);
  });

  test('ends at the largest value', () => {
    expect(quantile([1, 2, 3], 1)).toBe(3);
    expect(quantile([10, 9], 0.99)).toBe(10);
    expect(quantile([7], 0)).toBe(7);
  });

  test('compares numbers as numbers', () => {
    expect(median([9, 10, 100])).toBe(10);
  });

  test('of nothing is not a number', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('mean', () => {
  test('of values, and of nothing', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean([])).toBeNaN();
  });
});

describe('slope', () => {
  test('of a line is its slope, wherever it begins', () => {
    const line = [0, 1, 2, 5].map((x) => ({ x: x + 100, y: 40 - 3 * x }));
    expect(slope(line)).toBeCloseTo(-3, 12);
  });

  test('sees through noise that is the same on both sides', () => {
    const noisy = Array.from({ length: 100 }, (_, x) => ({ x, y: x / 2 + (x % 2 ? 5 : -5) }));
    expect(slope(noisy)).toBeCloseTo(0.5, 1);
  });

  test('of level ground is nothing', () => {
    expect(slope([1, 2, 3].map((x) => ({ x, y: 7 })))).toBe(0);
  });

  test('of one moment is not a number', () => {
    expect(slope([{ x: 1, y: 2 }])).toBeNaN();
    expect(slope([])).toBeNaN();
  });
});
