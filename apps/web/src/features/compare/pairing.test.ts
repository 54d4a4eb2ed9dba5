import { describe, expect, it } from 'vitest';
import type { SagaStyle } from '@/lib/trpc.ts';
import { areAlike, askedFor, isOneOrder, pairsOf, partnersOf } from './pairing.ts';

const order = (quantity: number, orderId = 'o') => ({
  orderId,
  customerId: 'harbour-cafe',
  total: quantity * 100,
  lines: [
    { sku: 'A', quantity, unitPrice: 100 },
    { sku: 'B', quantity: 1, unitPrice: 50 },
  ],
});
const row = (
  id: string,
  style: SagaStyle,
  { quantity = 1, correlationId = null as string | null } = {},
) => ({
  id,
  style,
  definition: 'place-order',
  input: order(quantity, id),
  correlationId,
});
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

describe('areAlike', () => {
  it('looks at customer and lines, not at ids or their order', () => {
    const turned = { ...order(1, 'other'), lines: [...order(1).lines].reverse() };
    expect(areAlike(order(1), turned)).toBe(true);
    expect(areAlike(order(1), order(2))).toBe(false);
    expect(areAlike({ city: 'Porto' }, { city: 'Porto' })).toBe(false);
  });
});

describe('partnersOf', () => {
  it('offers the same order, the other style first', () => {
    const rows = [
      row('a', 'orchestration'),
      row('b', 'orchestration'),
      row('c', 'choreography'),
      row('d', 'choreography', { quantity: 9 }),
    ];
    expect(idsOf(partnersOf(row('a', 'orchestration'), rows))).toEqual(['c', 'b']);
  });

  it('offers any saga of a definition that is not about orders', () => {
    const trip = (id: string) => ({
      id,
      style: 'orchestration' as const,
      definition: 'trip',
      input: { city: id },
      correlationId: null,
    });
    expect(idsOf(partnersOf(trip('a'), [trip('a'), trip('b'), row('c', 'choreography')]))).toEqual([
      'b',
    ]);
  });
});

describe('isOneOrder', () => {
  it('asks for more than that two orders are alike', () => {
    expect(isOneOrder(row('a', 'orchestration'), row('b', 'choreography'))).toBe(false);
  });

  it('knows an order that was placed beside another one', () => {
    const beside = row('b', 'choreography', { correlationId: 'a' });
    expect(isOneOrder(row('a', 'orchestration'), beside)).toBe(true);
    expect(isOneOrder(beside, row('a', 'orchestration'))).toBe(true);
  });

  it('knows one place of a launch in both styles, not two places with the same lines', () => {
    const launched = (id: string, style: SagaStyle) => row(id, style, { correlationId: 'launch' });
    const left = launched('019abcde-0000-8000-8001-aaaaaaaaaaaa', 'orchestration');
    const right = launched('019abcde-0000-8000-8001-bbbbbbbbbbbb', 'choreography');
    const next = launched('019abcde-0000-8000-8002-cccccccccccc', 'choreography');
    expect(isOneOrder(left, right)).toBe(true);
    expect(isOneOrder(left, next)).toBe(false);
  });
});

describe('pairsOf', () => {
  it('puts each saga in one pair at most, orchestration first', () => {
    const rows = [
      row('a', 'choreography'),
      row('b', 'orchestration'),
      row('c', 'orchestration'),
      row('d', 'choreography', { quantity: 4 }),
    ];
    const { placed, alike } = pairsOf(rows);
    expect(placed).toEqual([]);
    expect(alike.map(idsOf)).toEqual([['b', 'a']]);
  });

  it('leaves one order together, whatever is alike to it and came later', () => {
    const rows = [
      row('c', 'orchestration'),
      row('b', 'choreography', { correlationId: 'a' }),
      row('a', 'orchestration'),
      row('d', 'choreography'),
    ];
    const { placed, alike } = pairsOf(rows);
    expect(placed.map(idsOf)).toEqual([['a', 'b']]);
    expect(alike.map(idsOf)).toEqual([['c', 'd']]);
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
