import { refuses, scenario, staysSilent } from '@counterstep/testkit/scenario';
import { describe, expect, it } from 'vitest';
import { placeOrderSaga } from './definition.ts';
import { uuidV7 } from './ids.ts';

const order = scenario(placeOrderSaga).given({
  orderId: uuidV7(),
  customerId: 'harbour-cafe',
  lines: [{ sku: 'MUG', quantity: 2, unitPrice: 900 }],
  total: 1_800,
});

describe('an order', () => {
  it('is created, reserved, paid, shipped and confirmed', () => {
    const story = order.ends();
    expect(story.status).toBe('completed');
    expect(story.calls).toEqual([
      'order.create',
      'inventory.reserve',
      'payment.charge',
      'shipment.initiate',
      'order.confirm',
    ]);
  });

  it('gives the goods back and is cancelled when the card is declined', () => {
    const story = order.when({ 'payment.charge': refuses('LIMIT_EXCEEDED') }).ends();
    expect(story.status).toBe('compensated');
    expect(story.calls.slice(3)).toEqual(['inventory.reserve:undo', 'order.create:undo']);
  });

  it('gives the money back when nobody says whether it was taken', () => {
    const story = order.when({ 'payment.charge': staysSilent() }).ends();
    expect(story.calls).toContain('payment.charge:undo');
    expect(story.status).toBe('compensated');
  });
});
