import { defineChoreography } from '@counterstep/saga-core/choreography';
import { inventoryEvents } from '../inventory/contract.ts';
import { inventoryReactions } from '../inventory/reactions.ts';
import { orderEvents, orderRequested } from '../order/contract.ts';
import { orderReactions } from '../order/reactions.ts';
import { paymentEvents } from '../payment/contract.ts';
import { paymentReactions } from '../payment/reactions.ts';
import { shipmentEvents } from '../shipment/contract.ts';
import { shipmentReactions } from '../shipment/reactions.ts';
import { placeOrderSaga } from './definition.ts';

/** The same saga without a coordinator: each service's events and reactions, joined and checked. */
export const placeOrderChoreography = defineChoreography({
  definition: placeOrderSaga,
  start: orderRequested,
  startData: (order) => ({ order }),
  events: [...orderEvents, ...inventoryEvents, ...paymentEvents, ...shipmentEvents],
  reactions: [...orderReactions, ...inventoryReactions, ...paymentReactions, ...shipmentReactions],
});
