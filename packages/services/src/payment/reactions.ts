import { emit, on, type Reaction } from '@counterstep/saga-core/choreography';
import { inventoryReserved } from '../inventory/contract.ts';
import type { OrderFlow } from '../order/contract.ts';
import { shipmentFailed } from '../shipment/contract.ts';
import {
  chargePayment,
  paymentFailed,
  paymentProcessed,
  paymentRefunded,
  refundPayment,
} from './contract.ts';
import { chargeRequest, refundRequest } from './requests.ts';

const same = (flow: OrderFlow): OrderFlow => flow;

export const paymentReactions: readonly Reaction[] = [
  on(inventoryReserved, {
    step: 'payment.charge',
    operation: chargePayment,
    request: ({ order }) => chargeRequest(order),
    applied: emit(paymentProcessed, same),
    rejected: emit(paymentFailed, same),
  }),
  on(shipmentFailed, {
    step: 'payment.charge',
    direction: 'compensation',
    operation: refundPayment,
    request: ({ order }) => refundRequest(order),
    applied: emit(paymentRefunded, same),
  }),
];
