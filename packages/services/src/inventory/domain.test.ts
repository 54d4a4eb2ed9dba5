import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { release, reserve, type Shelf, shift, sumBySku } from './domain.ts';

const skus = ['A', 'B', 'C'] as const;
const line = fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 8 }) });
const request = fc.record({
  orderId: fc.uuid(),
  lines: fc.array(line, { minLength: 1, maxLength: 5 }),
});
const levels = fc.record({ A: fc.nat(20), B: fc.nat(20), C: fc.nat(20) });

const shelfOf = (onHand: Readonly<Record<string, number>>): Shelf =>
  new Map(Object.entries(onHand).map(([sku, pieces]) => [sku, { onHand: pieces, reserved: 0 }]));

const sumOf = (shelf: Shelf) => [...shelf.values()].reduce((sum, level) => sum + level.reserved, 0);

describe('reserving', () => {
  it('never promises more than there is, whatever the batch', () => {
    fc.assert(
      fc.property(levels, fc.array(request, { maxLength: 12 }), (onHand, requests) => {
        const shelf = shelfOf(onHand);
        let promised = 0;
        for (const [index, wanted] of requests.entries()) {
          const decision = reserve(shelf, String(index), wanted);
          if (decision.kind === 'rejected') continue;
          shift(shelf, decision.change, 1);
          promised += wanted.lines.reduce((sum, { quantity }) => sum + quantity, 0);
        }
        for (const level of shelf.values()) {
          expect(level.reserved).toBeGreaterThanOrEqual(0);
          expect(level.reserved).toBeLessThanOrEqual(level.onHand);
        }
        expect(sumOf(shelf)).toBe(promised);
      }),
    );
  });

  it('rejects only when a product is short, and names it', () => {
    fc.assert(
      fc.property(levels, request, (onHand, wanted) => {
        const decision = reserve(shelfOf(onHand), 'saga', wanted);
        const sums = sumBySku(wanted.lines);
        const short = sums.find(({ sku, quantity }) => quantity > (onHand[sku as 'A'] ?? 0));
        if (decision.kind === 'applied') expect(short).toBeUndefined();
        else
          expect(decision.error.details).toMatchObject({
            sku: short?.sku,
            wanted: short?.quantity,
          });
      }),
    );
  });

  it('is undone exactly by releasing what it answered', () => {
    fc.assert(
      fc.property(levels, request, (onHand, wanted) => {
        const shelf = shelfOf(onHand);
        const decision = reserve(shelf, 'saga', wanted);
        fc.pre(decision.kind === 'applied');
        if (decision.kind !== 'applied') return;
        shift(shelf, decision.change, 1);
        const undone = release('saga', decision.output);
        if (undone.kind === 'applied') shift(shelf, undone.change, -1);
        expect(shelf).toEqual(shelfOf(onHand));
      }),
    );
  });

  it('prefers to say that a product is unknown over saying that it is sold out', () => {
    const wanted = { orderId: 'o', lines: [{ sku: 'Z', quantity: 1 }] };
    expect(reserve(shelfOf({ A: 1 }), 'saga', wanted)).toMatchObject({
      kind: 'rejected',
      error: { code: 'UNKNOWN_SKU' },
    });
  });
});

describe('sumBySku', () => {
  it('keeps the quantities, has each sku once and in order', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const sums = sumBySku(lines);
        const names = sums.map(({ sku }) => sku);
        expect(names).toEqual([...new Set(names)].toSorted());
        const total = (list: readonly { quantity: number }[]) =>
          list.reduce((sum, { quantity }) => sum + quantity, 0);
        expect(total(sums)).toBe(total(lines));
      }),
    );
  });
});
