import { expect, test } from 'vitest';
import { readArguments } from '../../../../scripts/command-line/command.ts';
import { command, optionsFrom } from './options.ts';
import { full, quick } from './size.ts';

const read = (...args: string[]) => optionsFrom(readArguments(command.options, args));

test('without a word it is the full form of everything', () => {
  expect(read()).toMatchObject({ json: false, only: undefined, size: full });
});

test('the quick form can be made larger in one respect', () => {
  expect(read('--quick', '--waiting', '7').size).toEqual({ ...quick, waiting: 7 });
});

test('some of the scenarios can be chosen', () => {
  expect(read('--only', 'happy, waiting').only).toEqual(['happy', 'waiting']);
  expect(() => read('--only', 'happy,sad')).toThrow(/"sad"/);
});

test.each(['count', 'rounds', 'finished', 'waiting', 'minutes'])('--%s is a number', (option) => {
  expect(() => read(`--${option}=many`)).toThrow(`--${option} takes a whole number`);
});
