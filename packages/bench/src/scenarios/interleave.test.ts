import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';
import { full } from './size.ts';

test('forms take turns, the first round is not counted, and the median of the others is', async () => {
  const order: string[] = [];
  const said: string[] = [];
  const values = { a: [999, 1, 9, 2], b: [0, 30, 10, 20] };
  const form = (name: 'a' | 'b') => (isCounted: boolean) => {
    order.push(isCounted ? name : name.toUpperCase());
    return Promise.resolve(values[name].shift() ?? Number.NaN);
  };
  const bench = {
    size: { ...full, rounds: 3, warmUps: 1 },
    say: (text: string) => void said.push(text),
  };
  expect(await interleave(bench, { a: form('a'), b: form('b') })).toEqual({ a: 2, b: 20 });
  expect(order.join('')).toBe('ABababab');
  expect(said).toHaveLength(6);
});
