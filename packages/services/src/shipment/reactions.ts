import { emit, on, type Reaction } from '@counterstep/saga-core/choreography';
import type { OrderFlow } from '../order/contract.ts';
import { paymentProcessed } from '../payment/contract.ts';
import { initiateShipment, shipmentFailed, shipmentInitiated } from './contract.ts';
import { initiateRequest } from './requests.ts';

const same = (flow: OrderFlow): OrderFlow => flow;

export const shipmentReactions: readonly Reaction[] = [
  on(paymentProcessed, {
    step: 'shipment.initiate',
    operation: initiateShipment,
    request: ({ order }) => initiateRequest(order),
    applied: emit(shipmentInitiated, same),
    rejected: emit(shipmentFailed, same),
  }),
];
