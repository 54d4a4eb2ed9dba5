import { expect, it } from 'vitest';
import { z } from 'zod';
import { inputSentence } from './errors/input-sentence.ts';
import { rule } from './routers/faults/rule.ts';
import { json, sagaFilter } from './schemas.ts';

/** What a client is told about an input. */
function told(schema: z.ZodType, input: unknown): string {
  const { error } = schema.safeParse(input);
  if (!error) throw new Error('The input was taken.');
  return inputSentence(error);
}

it('names the statuses that there are', () => {
  for (const status of ['done', ['running', 'done']]) {
    expect(told(sagaFilter, { status })).toMatch(
      /^Change the input\. status: write one of .*stuck/,
    );
  }
});

it('says that a value is missing, and takes null for one', () => {
  const input = z.strictObject({ payload: json });
  expect(told(input, {})).toBe(
    'Change the input. payload: is missing; write null where there is nothing to say.',
  );
  expect(input.parse({ payload: null })).toEqual({ payload: null });
  expect(z.strictObject({ output: json.optional() }).parse({})).toEqual({});
});

it('says once what is wrong with a date', () => {
  const fault = { service: 'payment', operation: 'payment.charge', kind: 'reject' };
  const sentence = told(rule, { ...fault, expiresAt: 'soon' });
  expect(sentence.match(/expiresAt/g)).toHaveLength(1);
});
