import { expect, test } from 'vitest';
import { ofHappy, tableOf, toJson } from './print.ts';

const rate = { what: 'rate', value: 150, unit: 'sagas/s', happy: 200 };

test('a figure stands against that of the happy path, where there is one', () => {
  expect(ofHappy(rate)).toBe(0.75);
  expect(ofHappy({ what: 'lost', value: 0, unit: '' })).toBeUndefined();
});

test('the table has a line for each figure and says which scenarios failed', () => {
  const table = tableOf([
    { name: 'hot', does: '', figures: [rate] },
    { name: 'cold', does: '', figures: [], error: 'The audit found 1 violations.' },
  ]);
  expect(table).toMatch(/hot {2,}rate {2,}150 sagas\/s {2,}0\.75/);
  expect(table).toMatch(/✓ hot/);
  expect(table).toMatch(/✗ cold: The audit found 1 violations\./);
});

test('JSON has the ratio too, and is one line', () => {
  const json = toJson([{ name: 'hot', does: '', figures: [rate] }]);
  expect(json).not.toContain('\n');
  expect(JSON.parse(json)).toMatchObject({ scenarios: [{ figures: [{ ofHappy: 0.75 }] }] });
});
