import { z } from 'zod';
import { defineSaga } from '../src/definition/index.ts';
import { operation } from '../src/participant/index.ts';

const ref = z.object({ id: z.string() });
const op = (name: `${string}.${string}`) => operation({ name, request: ref, response: ref });
const same = ({ input }: { input: { id: string } }) => input;

/** Five steps as the order saga has them; two attempts each, so that budgets end soon. */
export const orderLike = defineSaga({ name: 'order-like', version: 1, input: ref })
  .step('create', {
    action: op('order.create'),
    request: same,
    compensation: op('order.cancel'),
    compensationRequest: same,
    retry: { maxAttempts: 2 },
    compensationRetry: { maxAttempts: 2 },
  })
  .step('reserve', {
    action: op('stock.reserve'),
    request: same,
    compensation: op('stock.release'),
    compensationRequest: same,
    retry: { maxAttempts: 2 },
    compensationRetry: { maxAttempts: 2 },
  })
  .step('charge', {
    action: op('payment.charge'),
    request: same,
    compensation: op('payment.refund'),
    compensationRequest: same,
    retry: { maxAttempts: 2 },
    compensationRetry: { maxAttempts: 2 },
  })
  .pivot('ship', { action: op('parcel.ship'), request: same, retry: { maxAttempts: 2 } })
  .retriable('confirm', {
    action: op('order.confirm'),
    request: same,
    retry: { maxAttempts: 2 },
  })
  .build();
