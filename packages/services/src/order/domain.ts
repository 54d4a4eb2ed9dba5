import { applied, type Decision, rejected } from '@counterstep/db/barrier';
import type { OrderInput } from './contract.ts';

export type OrderStatus = 'pending' | 'confirmed' | 'cancelled';

export interface OrderState {
  readonly orderId: string;
  readonly status: OrderStatus;
}

/** An order is taken as it is asked for, if its total is the sum of its lines. */
export function create(sagaId: string, order: OrderInput): Decision<OrderState, NewOrder> {
  const sum = order.lines.reduce((total, line) => total + line.quantity * line.unitPrice, 0);
  if (sum !== order.total) {
    return rejected('TOTAL_MISMATCH', `The lines add up to ${sum}, the order says ${order.total}.`);
  }
  return applied({ orderId: order.orderId, status: 'pending' }, { sagaId, ...order });
}

export interface NewOrder extends OrderInput {
  readonly sagaId: string;
}

/** A pending order becomes confirmed or cancelled, once. */
export function close(
  orderId: string,
  current: OrderStatus | undefined,
  target: 'confirmed' | 'cancelled',
): Decision<OrderState, OrderState> {
  if (current === undefined) return rejected('UNKNOWN_ORDER', `There is no order ${orderId}.`);
  if (current !== 'pending') {
    return rejected('NOT_PENDING', `Order ${orderId} is ${current} and cannot become ${target}.`);
  }
  const state = { orderId, status: target };
  return applied(state, state);
}
