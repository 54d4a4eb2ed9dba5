import { expect, test } from 'vitest';
import { troubleIn } from './sound.ts';

const checked = {
  name: 'money',
  description: '',
  rowsChecked: 7,
  violations: [],
  unlisted: 0,
  inFlight: 0,
};

test('an audit without violations is no trouble', () => {
  expect(troubleIn({ invariants: [checked] })).toBeUndefined();
});

test('an audit that looked at nothing is', () => {
  expect(troubleIn({ invariants: [{ ...checked, rowsChecked: 0 }] })).toMatch(/nothing/);
  expect(troubleIn({ invariants: [] })).toMatch(/nothing/);
});

test('violations are counted, and the first ones named', () => {
  const violations = Array.from({ length: 5 }, (_, n) => ({ sagaId: `s${n}`, detail: 'Lost.' }));
  const trouble = troubleIn({ invariants: [checked, { ...checked, violations }] });
  expect(trouble).toMatch(/5 violations/);
  expect(trouble).toMatch(/money, s0: Lost\./);
  expect(trouble).not.toMatch(/s4/);
});
