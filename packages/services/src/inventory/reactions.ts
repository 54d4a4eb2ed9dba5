import { emit, on, type Reaction } from '@counterstep/saga-core/choreography';
import { orderCreated, type OrderFlow } from '../order/contract.ts';
import { paymentFailed, paymentRefunded } from '../payment/contract.ts';
import {
  inventoryRejected,
  inventoryReleased,
  inventoryReserved,
  releaseStock,
  reserveStock,
} from './contract.ts';
import { releaseRequest, reserveRequest } from './requests.ts';

const same = (flow: OrderFlow): OrderFlow => flow;

const released = {
  step: 'inventory.reserve',
  direction: 'compensation',
  operation: releaseStock,
  request: ({ order }: OrderFlow) => releaseRequest(order),
  applied: emit(inventoryReleased, same),
} as const;

export const inventoryReactions: readonly Reaction[] = [
  on(orderCreated, {
    step: 'inventory.reserve',
    operation: reserveStock,
    request: ({ order }) => reserveRequest(order),
    applied: emit(inventoryReserved, same),
    rejected: emit(inventoryRejected, same),
  }),
  on(paymentFailed, released),
  on(paymentRefunded, released),
];
