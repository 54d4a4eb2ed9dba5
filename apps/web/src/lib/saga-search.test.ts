import { expect, it } from 'vitest';
import { searchText } from './saga-search.ts';

it.each([
  ['saga_…e0b50fc', 'e0b50fc'],
  ['saga_e0b50fc', 'e0b50fc'],
  ['…e0b50fc', 'e0b50fc'],
  ['...e0b50fc', 'e0b50fc'],
  [' harbour-cafe ', 'harbour-cafe'],
  ['saga', 'saga'],
  ['a...b', 'a...b'],
])('%s means %s', (text, meant) => {
  expect(searchText(text)).toBe(meant);
});
