import { event, type EventContract } from '@counterstep/saga-core/choreography';
import { operation } from '@counterstep/saga-core/participant';
import { z } from 'zod';

/** Money is in minor units (cents) throughout; the currency is EUR. */
export const orderLine = z.strictObject({
  sku: z.string().min(1).max(64),
  quantity: z.int().min(1).max(1_000),
  unitPrice: z.int().min(0),
});

/** What a place-order saga is started with; both styles carry it through all services. */
export const orderInput = z.strictObject({
  orderId: z.uuid(),
  customerId: z.string().min(1).max(64),
  lines: z.array(orderLine).min(1).max(20),
  total: z.int().min(0),
});
export type OrderInput = z.infer<typeof orderInput>;
export type OrderLine = z.infer<typeof orderLine>;

const orderRef = z.strictObject({ orderId: z.uuid() });
const orderState = z.strictObject({
  orderId: z.uuid(),
  status: z.enum(['pending', 'confirmed', 'cancelled']),
});

export const createOrder = operation({
  name: 'order.create',
  request: orderInput,
  response: orderState,
});
export const confirmOrder = operation({
  name: 'order.confirm',
  request: orderRef,
  response: orderState,
});
export const cancelOrder = operation({
  name: 'order.cancel',
  request: orderRef,
  response: orderState,
});

/** What the events of the flow carry: the order itself, so that no service has to ask another. */
export const orderFlow = z.strictObject({ order: orderInput });
export type OrderFlow = z.infer<typeof orderFlow>;

const orderEvent = (type: string) => event({ type, service: 'order', version: 1, data: orderFlow });

export const orderRequested = orderEvent('OrderRequested');
export const orderCreated = orderEvent('OrderCreated');
export const orderRejected = orderEvent('OrderRejected');
export const orderConfirmed = orderEvent('OrderConfirmed');
export const orderCancelled = orderEvent('OrderCancelled');

/** All that Order tells the others; a flow refuses any other event of it. */
export const orderEvents: readonly EventContract[] = [
  orderRequested,
  orderCreated,
  orderRejected,
  orderConfirmed,
  orderCancelled,
];
