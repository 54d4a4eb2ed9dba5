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

test('some of the scenarios can be chosen', () => {
  expect(readOptions(['--only', 'happy, waiting'], names).only).toEqual(names);
  expect(() => readOptions(['--only', 'happy,sad'], names)).toThrow(/"sad"/);
});

test.each(['count', 'rounds', 'finished', 'waiting', 'minutes'])('--%s is a number', (option) => {
  expect(() => readOptions([`--${option}=many`], names)).toThrow(
    `--${option} takes a whole number`,
  );
});
