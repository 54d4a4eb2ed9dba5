import { describe, expect, it } from 'vitest';
import { type Draft, forecast, lineProblem, totalOf } from './draft.ts';

const products = [{ sku: 'A', name: 'A', unitPrice: 150, onHand: 20, reserved: 5 }];
const account = { customerId: 'harbour-cafe', paymentLimit: 1_000 };
const draft = (...quantities: readonly string[]): Draft => ({
  customerId: 'harbour-cafe',
  lines: quantities.map((quantity, key) => ({ key, sku: key === 0 ? 'A' : 'B', quantity })),
  style: 'orchestration',
  fault: '',
});

describe('the total of a draft', () => {
  it('is there when every line is right', () => {
    expect(totalOf(draft('2'), products)).toBe(300);
  });

  it.each(['999999999999', '1e21', '0', '-3', '1.5', 'many', '', '0x10', '1e3'])(
    'is not there, and nothing is foretold, with a quantity of “%s”',
    (quantity) => {
      expect(totalOf(draft(quantity), products)).toBeUndefined();
      expect(totalOf(draft('2', quantity), products)).toBeUndefined();
      expect(forecast(draft(quantity), products, account)).toBeUndefined();
      const [line] = draft(quantity).lines;
      expect(line && lineProblem(line, [line])).toMatch(/^Order /);
    },
  );
});

it('foretells what the services will say no to', () => {
  expect(forecast(draft('16'), products, account)).toMatch(/^Inventory will say no/);
  expect(forecast(draft('7'), products, account)).toMatch(/^Payment will say no/);
  expect(forecast(draft('6'), products, account)).toBeUndefined();
});
