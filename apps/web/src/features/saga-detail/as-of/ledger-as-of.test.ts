import { describe, expect, it } from 'vitest';
import type { Ledger } from '@/lib/trpc.ts';
import { at } from '../sequence/log-fixture.ts';
import { ledgerAsOf } from './ledger-as-of.ts';

const effect = (
  ms: number,
  step: string,
  direction: 'action' | 'compensation' = 'action',
): Ledger['effects'][number] => ({
  service: 'order',
  step,
  direction,
  outcome: 'applied',
  at: at(ms),
});

const ledger: Ledger = {
  sagaId: 's',
  order: {
    orderId: 'o',
    customerId: 'c',
    lines: [],
    currency: 'EUR',
    total: 4_900,
    status: 'cancelled',
    at: at(10),
    writtenBy: { step: 'order.create', direction: 'compensation' },
  },
  reservations: [
    {
      sku: 'TRAY',
      quantity: 1,
      status: 'released',
      at: at(20),
      writtenBy: { step: 'inventory.reserve', direction: 'compensation' },
    },
  ],
  payment: {
    paymentId: 'p',
    customerId: 'c',
    amount: 4_900,
    refunded: 4_900,
    token: 't',
    at: at(30),
    writtenBy: { step: 'payment.charge', direction: 'compensation' },
  },
  shipment: null,
  effects: [
    effect(10, 'order.create'),
    effect(20, 'inventory.reserve'),
    effect(30, 'payment.charge'),
    effect(50, 'payment.charge', 'compensation'),
    effect(60, 'inventory.reserve', 'compensation'),
    effect(70, 'order.create', 'compensation'),
  ],
};

describe('ledgerAsOf', () => {
  it('has no rows before their effects were committed', () => {
    expect(ledgerAsOf(ledger, at(5))).toMatchObject({
      order: null,
      reservations: [],
      payment: null,
    });
  });

  it('shows rows as they were before they were undone', () => {
    const then = ledgerAsOf(ledger, at(40));
    expect(then.order).toMatchObject({ status: 'pending', writtenBy: { direction: 'action' } });
    expect(then.reservations).toMatchObject([
      { status: 'held', writtenBy: { direction: 'action' } },
    ]);
    expect(then.payment).toMatchObject({ refunded: 0, writtenBy: { direction: 'action' } });
  });

  it('undoes them one by one', () => {
    expect(ledgerAsOf(ledger, at(55)).payment?.refunded).toBe(4_900);
    expect(ledgerAsOf(ledger, at(55)).reservations[0]?.status).toBe('held');
    expect(ledgerAsOf(ledger, at(65)).reservations[0]?.status).toBe('released');
  });

  it('is the present at the end', () => {
    expect(ledgerAsOf(ledger, at(90))).toEqual(ledger);
  });
});
