import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charge, defaultPaymentLimit, refund } from './domain.ts';

const sagaId = '01990000-0000-7000-8000-0123456789ab';
const request = (amount: number) => ({
  orderId: sagaId,
  customerId: 'harbour-cafe',
  amount,
  token: 'tok_harbour-cafe',
});

describe('charging', () => {
  it('captures exactly up to the limit', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (limit, amount) => {
        const decision = charge(limit, sagaId, request(amount));
        expect(decision.kind).toBe(amount > limit ? 'rejected' : 'applied');
        if (decision.kind === 'applied') expect(decision.output.amount).toBe(amount);
      }),
    );
  });

  it('applies the default limit where there is no account, and a limit of nothing where it says so', () => {
    expect(charge(undefined, sagaId, request(defaultPaymentLimit)).kind).toBe('applied');
    expect(charge(undefined, sagaId, request(defaultPaymentLimit + 1)).kind).toBe('rejected');
    expect(charge(0, sagaId, request(1)).kind).toBe('rejected');
  });

  it('says what was too much for whom', () => {
    expect(charge(5_000, sagaId, request(5_001))).toMatchObject({
      error: {
        code: 'LIMIT_EXCEEDED',
        message: '€50.01 is above the limit of €50.00 for harbour-cafe.',
      },
    });
  });

  it('is the same decision for the same command', () => {
    expect(charge(1, sagaId, request(1))).toEqual(charge(1, sagaId, request(1)));
  });
});

describe('refunding', () => {
  it('gives back what was captured', () => {
    const done = { paymentId: 'pay_1', amount: 1_234 };
    expect(refund(sagaId, done)).toEqual({
      kind: 'applied',
      output: done,
      change: { sagaId, ...done },
    });
  });
});
