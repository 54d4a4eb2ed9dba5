import { describe, expect, it } from 'vitest';
import { mergeEvents, newer } from './apply.ts';

const events = (...numbers: number[]) =>
  numbers.map((seq) => ({ seq, type: 'SagaClaimed', data: {}, actor: 'w', at: '' }));
const numbersOf = (list: readonly { seq: number }[]) => list.map(({ seq }) => seq);

describe('mergeEvents', () => {
  it('appends what continues the log', () => {
    expect(numbersOf(mergeEvents(events(1, 2), events(3, 4)))).toEqual([1, 2, 3, 4]);
  });

  it('takes repeats once, in order', () => {
    expect(numbersOf(mergeEvents(events(1, 2, 3), events(2, 3, 4)))).toEqual([1, 2, 3, 4]);
  });

  it('loses nothing to an answer that the stream has overtaken', () => {
    expect(numbersOf(mergeEvents(events(1, 2, 3, 4), events(1, 2)))).toEqual([1, 2, 3, 4]);
  });

  it('starts from nothing', () => {
    expect(numbersOf(mergeEvents(undefined, events(1)))).toEqual([1]);
  });
});

describe('newer', () => {
  it('never lets an older state win', () => {
    expect(newer({ seq: 5 }, { seq: 4 })).toEqual({ seq: 5 });
    expect(newer({ seq: 5 }, { seq: 6 })).toEqual({ seq: 6 });
    expect(newer(undefined, { seq: 1 })).toEqual({ seq: 1 });
  });

  it('takes the log that was written last, however long it is', () => {
    const old = { seq: 9, logGeneration: 0 };
    const rewritten = { seq: 8, logGeneration: 1 };
    expect(newer(old, rewritten)).toBe(rewritten);
    expect(newer(rewritten, old)).toBe(rewritten);
  });
});
