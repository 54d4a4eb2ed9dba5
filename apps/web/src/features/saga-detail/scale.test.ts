import { describe, expect, it } from 'vitest';
import { percent, scaleFor, ticksOf } from './scale.ts';

describe('the time axis', () => {
  it.each([[45], [122], [1_360], [7_340], [26_000], [862_000]])(
    'ends on a round tick past the end of a saga of %i ms',
    (ms) => {
      const scale = scaleFor(0, ms);
      expect(scale.rangeMs).toBeGreaterThan(ms);
      expect(scale.rangeMs % scale.stepMs).toBeCloseTo(0, 5);
      const ticks = ticksOf(scale);
      expect(ticks.length).toBeGreaterThan(4);
      expect(ticks.length).toBeLessThan(14);
      expect(ticks.at(-1)?.label).toMatch(/ (ms|s|min)$/);
    },
  );

  it.each([
    [157_000, ['0', '0.5', '1', '1.5', '2', '2.5', '3 min']],
    [3_600_000 * 5, ['0', '1', '2', '3', '4', '5', '6 h']],
  ])('counts minutes and hours as clocks do: %i ms', (ms, labels) => {
    expect(ticksOf(scaleFor(0, ms)).map(({ label }) => label)).toEqual(labels);
  });

  it('keeps moments outside the range at its edges', () => {
    const scale = scaleFor(1_000, 2_000);
    expect(percent(scale, 0)).toBe(0);
    expect(percent(scale, 99_000)).toBe(100);
  });
});
