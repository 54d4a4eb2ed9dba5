import { defineChoreography } from '@counterstep/saga-core/choreography';
import { inventoryReactions } from '../inventory/reactions.ts';
import { orderRequested } from '../order/contract.ts';
import { orderReactions } from '../order/reactions.ts';
import { paymentReactions } from '../payment/reactions.ts';
import { shipmentReactions } from '../shipment/reactions.ts';
import { placeOrderSaga } from './definition.ts';

/** The same saga without a coordinator: each service's reactions, joined and checked. */
export const placeOrderChoreography = defineChoreography({
  definition: placeOrderSaga,
  start: orderRequested,
  startData: (order) => ({ order }),
  reactions: [...orderReactions, ...inventoryReactions, ...paymentReactions, ...shipmentReactions],
});
