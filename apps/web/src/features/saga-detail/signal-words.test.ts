import { expect, it } from 'vitest';
import { choicesOf } from './signal-words.ts';

it('a signal with one yes or no has two answers', () => {
  expect(choicesOf({ approvedBy: 'ann', approved: true }).map(({ word }) => word)).toEqual([
    'Approve',
    'Refuse',
  ]);
  expect(choicesOf({ urgent: true })[1]).toEqual({
    word: 'Send with urgent: false',
    field: 'urgent',
    value: false,
  });
});

it('any other is sent as it was written', () => {
  expect(choicesOf({ a: true, b: false })).toEqual([]);
  expect(choicesOf({ amount: 3 })).toEqual([]);
  expect(choicesOf(null)).toEqual([]);
});
