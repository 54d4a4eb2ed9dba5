import { emit, on, type Reaction } from '@counterstep/saga-core/choreography';
import { inventoryRejected, inventoryReleased } from '../inventory/contract.ts';
import { shipmentInitiated } from '../shipment/contract.ts';
import {
  cancelOrder,
  confirmOrder,
  createOrder,
  type OrderFlow,
  orderCancelled,
  orderConfirmed,
  orderCreated,
  orderRejected,
  orderRequested,
} from './contract.ts';
import { createRequest, orderRef } from './requests.ts';

const same = (flow: OrderFlow): OrderFlow => flow;

const cancelled = {
  step: 'order.create',
  direction: 'compensation',
  operation: cancelOrder,
  request: ({ order }: OrderFlow) => orderRef(order),
  applied: emit(orderCancelled, same),
} as const;

export const orderReactions: readonly Reaction[] = [
  on(orderRequested, {
    step: 'order.create',
    operation: createOrder,
    request: ({ order }) => createRequest(order),
    applied: emit(orderCreated, same),
    rejected: emit(orderRejected, same),
  }),
  on(shipmentInitiated, {
    step: 'order.confirm',
    operation: confirmOrder,
    request: ({ order }) => orderRef(order),
    applied: emit(orderConfirmed, same),
  }),
  on(inventoryRejected, cancelled),
  on(inventoryReleased, cancelled),
];
