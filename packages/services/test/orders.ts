import type { Command, Direction, Json } from '@counterstep/saga-core/participant';
import type { OrderInput } from '../src/order/contract.ts';
import { placeOrderSaga } from '../src/place-order/definition.ts';
import { uuidV7 } from '../src/place-order/ids.ts';

export const forward = [
  'order.create',
  'inventory.reserve',
  'payment.charge',
  'shipment.initiate',
  'order.confirm',
] as const;

/** An order of one piece of `MUG` at 1.00 for a customer without an account, unless said otherwise. */
export function anOrder(
  goods: Readonly<Record<string, number>> = { MUG: 1 },
  changes: Partial<OrderInput> = {},
): OrderInput {
  const lines = Object.entries(goods).map(([sku, quantity]) => ({ sku, quantity, unitPrice: 100 }));
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  return { orderId: uuidV7(), customerId: 'walk-in', lines, total, ...changes };
}

/** The command that either style sends for a step of this order. */
export function commandFor(
  sagaId: string,
  stepName: string,
  input: OrderInput,
  direction: Direction = 'action',
  changes: Partial<Command> = {},
): Command {
  const step = placeOrderSaga.steps.find(({ name }) => name === stepName);
  const work = direction === 'action' ? step?.action : step?.compensation;
  if (work?.kind !== 'operation') throw new Error(`Step "${stepName}" has no ${direction}.`);
  const request = work.request as (context: unknown) => Json;
  return {
    sagaId,
    step: stepName,
    direction,
    operation: work.operation.name,
    attempt: 1,
    generation: 1,
    request: request({ input, results: {} }),
    notAfter: new Date(Date.now() + 60_000).toISOString(),
    ...changes,
  };
}
