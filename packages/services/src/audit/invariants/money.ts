import { notConcerned, sentences, type SagaInvariant } from '../types.ts';

export const refundBounds: SagaInvariant = {
  name: 'refund-bounds',
  description: 'No payment is refunded by less than nothing or by more than was captured.',
  check({ payment }) {
    if (!payment) return notConcerned;
    const { amount, refunded } = payment;
    return {
      rows: 1,
      broken: sentences([
        refunded < 0 || refunded > amount,
        `${refunded} went back of ${amount} captured.`,
      ]),
    };
  },
};

export const shippedIsPaid: SagaInvariant = {
  name: 'shipped-is-paid',
  description: 'Whatever is shipped is paid in full, and nothing of it went back.',
  check({ shipment, payment, order }) {
    if (!shipment) return notConcerned;
    const captured = (payment?.amount ?? 0) - (payment?.refunded ?? 0);
    return {
      rows: 1,
      broken: sentences([
        !payment || captured !== order?.total,
        `Shipped with ${captured} paid; the order comes to ${order?.total ?? 'nothing, it does not exist'}.`,
      ]),
    };
  },
};
