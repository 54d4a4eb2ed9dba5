import { expect, it } from 'vitest';
import { type Command, findCommands } from './command.ts';

const command = (word: string, more: Partial<Command> = {}): Command => ({
  id: word,
  group: 'Do',
  icon: 'plus',
  word,
  run: () => undefined,
  ...more,
});

const commands = [
  command('Place an order', { also: 'new saga buy' }),
  command('Lose replies', { group: 'Break', note: 'next 5 charges, outcome unknown' }),
  command('Dark theme', { group: 'Look' }),
];
const found = (text: string) => findCommands(commands, text).map(({ word }) => word);

it('lists everything while nothing is typed', () => {
  expect(found('  ')).toHaveLength(3);
});

it('finds by the beginnings of words, in any order and case', () => {
  expect(found('ORD pl')).toEqual(['Place an order']);
  expect(found('unkn')).toEqual(['Lose replies']);
  expect(found('break lo')).toEqual(['Lose replies']);
  expect(found('buy')).toEqual(['Place an order']);
});

it('finds nothing by the middle of a word, nor when one word is missing', () => {
  expect(found('rder')).toEqual([]);
  expect(found('place theme')).toEqual([]);
});
