import type { AnyOperation, Operation } from '@counterstep/db/barrier';
import { visible } from '../undo.ts';
import { cancelOrder, confirmOrder, createOrder, type OrderInput } from './contract.ts';
import { close, create, type NewOrder, type OrderState, type OrderStatus } from './domain.ts';
import { closeOrders, insertOrders, lockOrders } from './repository.ts';

const createOperation: Operation<OrderInput, OrderState, null, NewOrder> = {
  contract: createOrder,
  load: () => Promise.resolve(null),
  decide: (_state, { sagaId, request }) => create(sagaId, request),
  evolve: () => undefined,
  write: insertOrders,
};

type Statuses = Map<string, OrderStatus>;
type Closing = Operation<{ orderId: string }, OrderState, Statuses, OrderState>;

/** Confirming and cancelling differ in nothing but where they lead. */
function closing(target: 'confirmed' | 'cancelled'): Omit<Closing, 'contract'> {
  return {
    load: (tx, calls) =>
      lockOrders(
        tx,
        calls.map((call) => call.request.orderId),
      ),
    decide: (statuses, { request: { orderId } }) => close(orderId, statuses.get(orderId), target),
    evolve: (statuses, { orderId, status }) => void statuses.set(orderId, status),
    write: (changes) =>
      closeOrders(
        changes.map((change) => change.orderId),
        target,
      ),
  };
}

const confirmOperation: Closing = { contract: confirmOrder, ...closing('confirmed') };
const cancelOperation: Closing = {
  contract: cancelOrder,
  compensates: createOrder,
  ...closing('cancelled'),
  decide: (statuses, call) => {
    const { orderId } = call.request;
    return close(orderId, visible(call, statuses.get(orderId)), 'cancelled');
  },
};

export const orderOperations: readonly AnyOperation[] = [
  createOperation,
  confirmOperation,
  cancelOperation,
];
