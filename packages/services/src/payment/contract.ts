import { event, type EventContract } from '@counterstep/saga-core/choreography';
import { operation } from '@counterstep/saga-core/participant';
import { z } from 'zod';
import { orderFlow } from '../order/contract.ts';

const charge = z.strictObject({
  orderId: z.uuid(),
  customerId: z.string().min(1).max(64),
  /** Minor units, EUR. */
  amount: z.int().min(0),
  /** Stands for a card that somebody else keeps; card data never enters. */
  token: z.string().min(1).max(64),
});
export type Charge = z.infer<typeof charge>;

const captured = z.strictObject({ paymentId: z.string(), amount: z.int().min(0) });
export type Captured = z.infer<typeof captured>;

export const chargePayment = operation({
  name: 'payment.charge',
  request: charge,
  response: captured,
});
export const refundPayment = operation({
  name: 'payment.refund',
  request: z.strictObject({ orderId: z.uuid() }),
  response: captured,
});

const paymentEvent = (type: string) =>
  event({ type, service: 'payment', version: 1, data: orderFlow });

export const paymentProcessed = paymentEvent('PaymentProcessed');
export const paymentFailed = paymentEvent('PaymentFailed');
export const paymentRefunded = paymentEvent('PaymentRefunded');

/** All that Payment tells the others; a flow refuses any other event of it. */
export const paymentEvents: readonly EventContract[] = [
  paymentProcessed,
  paymentFailed,
  paymentRefunded,
];
