import { describe, expect, it } from 'vitest';
import { lanesOf } from './lanes.ts';
import { cut, layoutOf, secondsAfter, wordsOf } from './layout.ts';
import { at, logOf, of, sagaOf } from './log-fixture.ts';
import { readSequence } from './read-sequence.ts';

const saga = sagaOf('orchestration');
const lanes = lanesOf(saga);
const log = logOf(
  [0, { type: 'SagaAccepted' }],
  [5, { type: 'StepDispatched', ...of('shipment.initiate') }],
  [9, { type: 'StepFailed', ...of('shipment.initiate'), data: { failure: 'business' } }],
);
const rows = readSequence(saga, log, [], at(10));

describe.each([340, 822, 1_200])('the layout at %i px', (width) => {
  const layout = layoutOf(lanes, rows, width);

  it('keeps every lifeline and every row inside, in their order', () => {
    const places = lanes.map(({ key }) => layout.x(key));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect((places[0] ?? 0) - layout.headWidth / 2).toBeGreaterThanOrEqual(0);
    expect((places.at(-1) ?? 0) + layout.headWidth / 2).toBeLessThanOrEqual(width);
    expect(layout.y(rows.length - 1) + layout.rowHeight / 2).toBeLessThanOrEqual(layout.height);
  });

  it('places words where at least six letters fit', () => {
    for (const row of rows) expect(wordsOf(row, layout).letters).toBeGreaterThanOrEqual(6);
  });
});

describe('words', () => {
  it('are cut with a mark, and only when they have to be', () => {
    expect(cut('no carrier', 10)).toBe('no carrier');
    expect(cut('no carrier here', 10)).toBe('no carrie…');
  });

  it('tell the time after the start as finely as it says something', () => {
    expect(secondsAfter(at(0), at(71))).toBe('0.071');
    expect(secondsAfter(at(0), at(-4))).toBe('0.000');
    expect(secondsAfter(at(0), at(222_222))).toBe('222.2');
    expect(secondsAfter(at(0), at(36_000_000))).toBe('600 m');
  });
});
