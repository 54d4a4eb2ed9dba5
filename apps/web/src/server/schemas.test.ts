import { expect, it } from 'vitest';
import { z } from 'zod';
import { inputSentence } from './errors/input-sentence.ts';
import { rule } from './routers/faults/rule.ts';
import { json, sagaFilter, style } from './schemas.ts';

/** What a client is told about an input. */
function told(schema: z.ZodType, input: unknown): string {
  const { error } = schema.safeParse(input);
  if (!error) throw new Error('The input was taken.');
  return inputSentence(error);
}

const form = z.strictObject({
  style,
  lines: z.array(z.int().min(1)).min(1).max(2),
  who: z.string().min(2).max(4),
  at: z.iso.datetime().optional(),
  id: z.uuid().optional(),
  chance: z.number().gt(0).lt(1).optional(),
  sure: z.boolean().optional(),
});
const right = { style: 'choreography', lines: [1], who: 'ann' };

it.each([
  [
    { style: 'improvisation' },
    'style: is "improvisation"; write one of orchestration, choreography',
  ],
  [{ style: undefined }, 'style: is missing; write one of orchestration, choreography'],
  [{ lines: [] }, 'lines: has 0; write at least 1 entry'],
  [{ lines: [1, 1, 1] }, 'lines: has 3; write at most 2 entries'],
  [{ lines: [0] }, 'lines.0: is 0; write at least 1'],
  [{ lines: ['two'] }, 'lines.0: is "two"; write a number'],
  [{ lines: [1.5] }, 'lines.0: is 1.5; write a whole number'],
  [{ lines: {} }, 'lines: is an object; write a list'],
  [{ who: 'a' }, 'who: has 1; write at least 2 characters'],
  [{ who: 'x'.repeat(9) }, 'who: has 9; write at most 4 characters'],
  [{ who: null }, 'who: is null; write text'],
  [{ at: 'soon' }, 'at: is "soon"; write a time such as 2026-01-31T12:00:00Z'],
  [{ id: 'x'.repeat(99) }, `id: is "${'x'.repeat(40)}…"; write a uuid`],
  [{ chance: 0 }, 'chance: is 0; write more than 0'],
  [{ chance: 1 }, 'chance: is 1; write less than 1'],
  [{ sure: 'yes' }, 'sure: is "yes"; write true or false'],
  [{ discount: 50 }, 'input: "discount" is not known here; leave out what is not'],
])('says what was wrong with %j and what to write', (change, sentence) => {
  expect(told(form, { ...right, ...change })).toBe(`Change the input. ${sentence}.`);
});

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
