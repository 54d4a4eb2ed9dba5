import { describe, expect, it } from 'vitest';
import { anOrder } from '../../test/orders.ts';
import { close, create } from './domain.ts';

describe('creating an order', () => {
  it('takes an order whose total is the sum of its lines', () => {
    const order = anOrder({ MUG: 2, TRAY: 3 });
    expect(create('saga', order)).toEqual({
      kind: 'applied',
      output: { orderId: order.orderId, status: 'pending' },
      change: { ...order, sagaId: 'saga' },
    });
  });

  it.each([0, 499, 501])('rejects a total of %i where the lines come to 500', (total) => {
    expect(create('saga', anOrder({ MUG: 5 }, { total }))).toMatchObject({
      kind: 'rejected',
      error: { code: 'TOTAL_MISMATCH' },
    });
  });
});

describe('closing an order', () => {
  it.each(['confirmed', 'cancelled'] as const)('lets a pending one become %s', (target) => {
    const state = { orderId: 'o', status: target };
    expect(close('o', 'pending', target)).toEqual({
      kind: 'applied',
      output: state,
      change: state,
    });
  });

  it.each([
    ['confirmed', 'cancelled'],
    ['cancelled', 'confirmed'],
    ['confirmed', 'confirmed'],
    ['cancelled', 'cancelled'],
  ] as const)('lets a %s one not become %s', (current, target) => {
    expect(close('o', current, target)).toMatchObject({
      kind: 'rejected',
      error: { code: 'NOT_PENDING' },
    });
  });

  it('knows that it does not know an order', () => {
    expect(close('o', undefined, 'confirmed')).toMatchObject({
      kind: 'rejected',
      error: { code: 'UNKNOWN_ORDER' },
    });
  });
});
