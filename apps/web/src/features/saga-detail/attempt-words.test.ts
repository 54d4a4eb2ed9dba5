import { expect, it } from 'vitest';
import { attemptsMade } from './attempt-words.ts';

it.each([
  [1, 8, '1 of at most 8 attempts'],
  [2, 8, '2 of at most 8 attempts'],
  [8, 8, '8 attempts'],
  [9, 8, '9 attempts'],
  [1, 1, '1 attempt'],
])('%i made where %i are allowed: %s', (made, allowed, words) => {
  expect(attemptsMade(made, allowed)).toBe(words);
});
