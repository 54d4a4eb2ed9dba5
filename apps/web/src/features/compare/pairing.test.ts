import { describe, expect, it } from 'vitest';
import type { SagaStyle } from '@/lib/trpc.ts';
import { askedFor, isSameOrder, pairsOf, partnersOf } from './pairing.ts';

const order = (quantity: number, orderId = 'o') => ({
  orderId,
  customerId: 'harbour-cafe',
  total: quantity * 100,
  lines: [
    { sku: 'A', quantity, unitPrice: 100 },
    { sku: 'B', quantity: 1, unitPrice: 50 },
  ],
});
const row = (id: string, style: SagaStyle, quantity = 1) => ({
  id,
  style,
  definition: 'place-order',
  input: order(quantity, id),
});
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

describe('isSameOrder', () => {
  it('looks at customer and lines, not at ids or their order', () => {
    const turned = { ...order(1, 'other'), lines: [...order(1).lines].reverse() };
    expect(isSameOrder(order(1), turned)).toBe(true);
    expect(isSameOrder(order(1), order(2))).toBe(false);
    expect(isSameOrder({ city: 'Porto' }, { city: 'Porto' })).toBe(false);
  });
});

describe('partnersOf', () => {
  it('offers the same order, the other style first', () => {
    const rows = [
      row('a', 'orchestration'),
      row('b', 'orchestration'),
      row('c', 'choreography'),
      row('d', 'choreography', 9),
    ];
    expect(idsOf(partnersOf(row('a', 'orchestration'), rows))).toEqual(['c', 'b']);
  });

  it('offers any saga of a definition that is not about orders', () => {
    const trip = (id: string) => ({
      id,
      style: 'orchestration' as const,
      definition: 'trip',
      input: { city: id },
    });
    expect(idsOf(partnersOf(trip('a'), [trip('a'), trip('b'), row('c', 'choreography')]))).toEqual([
      'b',
    ]);
  });
});

describe('pairsOf', () => {
  it('puts each saga in one pair at most, orchestration first', () => {
    const rows = [
      row('a', 'choreography'),
      row('b', 'orchestration'),
      row('c', 'orchestration'),
      row('d', 'choreography', 4),
    ];
    expect(pairsOf(rows).map(idsOf)).toEqual([['b', 'a']]);
  });
});

describe('askedFor', () => {
  const one = '01a2187b-d40d-7166-ac7c-165f7a0fe845';
  const two = '01a2187b-d445-72c8-a99d-f8a494a69808';

  it('reads none, one, the same twice and two', () => {
    expect(askedFor(null, ' ')).toEqual({ kind: 'nothing' });
    expect(askedFor(null, one)).toEqual({ kind: 'one', id: one, isTwice: false });
    expect(askedFor(one, one.toUpperCase())).toEqual({ kind: 'one', id: one, isTwice: true });
    expect(askedFor(one, two)).toEqual({ kind: 'two', ids: [one, two] });
  });

  it('names what is no id, cut short', () => {
    expect(askedFor(one, 'x'.repeat(10_000))).toEqual({
      kind: 'malformed',
      text: `${'x'.repeat(40)}…`,
    });
  });
});
