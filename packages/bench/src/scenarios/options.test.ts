import { expect, test } from 'vitest';
import { readOptions } from './options.ts';
import { full, quick } from './size.ts';

const names = ['happy', 'waiting'];

test('without a word it is the full form of everything', () => {
  expect(readOptions([], names)).toMatchObject({ json: false, only: undefined, size: full });
});

test('the quick form can be made larger in one respect', () => {
  const { size } = readOptions(['--quick', '--waiting', '7'], names);
  expect(size).toEqual({ ...quick, waiting: 7 });
});

test('what follows a double dash counts too', () => {
  expect(readOptions(['--', '--only', 'happy, waiting'], names).only).toEqual(names);
});

test('an unknown scenario is refused with those that there are', () => {
  expect(() => readOptions(['--only', 'happy,sad'], names)).toThrow(/happy, waiting, not "sad"/);
});

test.each(['0', '-1', '1.5', 'many', '99999999999'])('%s is no number of rounds', (text) => {
  expect(() => readOptions([`--rounds=${text}`], names)).toThrow(/--rounds takes a whole number/);
});
