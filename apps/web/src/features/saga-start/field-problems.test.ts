import { describe, expect, it } from 'vitest';
import { problemsOf } from './field-problems.ts';

const data = { reason: 'BAD_INPUT' };

describe('problemsOf', () => {
  it('names each field with what is wrong there', () => {
    const message =
      'input.nights: is 0; write at least 1; input.stops.0.city: is missing; write text';
    expect(problemsOf({ message, data })).toEqual([
      { field: 'nights', message: 'is 0; write at least 1' },
      { field: 'stops.0.city', message: 'is missing; write text' },
    ]);
  });

  it('keeps what concerns the input as a whole', () => {
    expect(problemsOf({ message: 'input: expected object', data })).toEqual([
      { field: '', message: 'expected object' },
    ]);
  });

  it('leaves other failures to those who show them', () => {
    const message = 'input: is not the cause';
    expect(problemsOf({ message, data: { reason: 'KEY_REUSED' } })).toEqual([]);
    expect(problemsOf({ message: 'fetch failed' })).toEqual([]);
  });
});
