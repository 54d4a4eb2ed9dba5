import { expect, test } from 'vitest';
import { namesIn, typed, wholeNumber } from './command-line.ts';

test('what follows a double dash counts too', () => {
  expect(typed(['--', '--only', 'happy'])).toEqual(['--only', 'happy']);
});

test('names may have spaces around them, and stay in their order', () => {
  expect(namesIn('waiting, happy', ['happy', 'waiting'])).toEqual(['waiting', 'happy']);
});

test('an unknown name is refused with those that there are', () => {
  expect(() => namesIn('happy,sad', ['happy', 'waiting'])).toThrow(/happy, waiting, not "sad"/);
});

test('a number that was not given is the usual one', () => {
  expect(wholeNumber('rounds', undefined, 3)).toBe(3);
  expect(wholeNumber('rounds', '7', 3)).toBe(7);
});

test.each(['0', '-1', '1.5', 'many', '', '99999999999'])('"%s" is no number of rounds', (text) => {
  expect(() => wholeNumber('rounds', text, 3)).toThrow(/--rounds takes a whole number/);
});
