import { defineSaga } from '@counterstep/saga-core/definition';
import { operation } from '@counterstep/saga-core/participant';
import { z } from 'zod';

const ref = z.object({ id: z.string() });
const op = (name: `${string}.${string}`) =>
  operation({ name, request: ref, response: z.unknown() });
const same = ({ input }: { input: { id: string } }) => input;
const reversible = (action: `${string}.${string}`, compensation: `${string}.${string}`) => ({
  action: op(action),
  request: same,
  compensation: op(compensation),
  compensationRequest: same,
});

/** Steps one after another, as an order has them. */
export const order = defineSaga({ name: 'order', version: 1, input: ref })
  .step('create', reversible('order.create', 'order.cancel'))
  .step('reserve', reversible('stock.reserve', 'stock.release'))
  .step('charge', reversible('payment.charge', 'payment.refund'))
  .pivot('ship', { action: op('parcel.ship'), request: same })
  .retriable('confirm', { action: op('order.confirm'), request: same })
  .build();

/** Everything at once: a group, a sleep, an approval, plain functions, a deadline. */
export const trip = defineSaga({ name: 'trip', version: 1, input: ref, deadlineMs: 3_600_000 })
  .parallel('book', (group) =>
    group
      .step('hotel', reversible('hotel.book', 'hotel.cancel'))
      .step('flight', reversible('flight.book', 'flight.cancel'))
      .step('car', {
        run: () => Promise.resolve({ car: 'small' }),
        undo: () => Promise.resolve(null),
      }),
  )
  .sleep('settle', { forMs: 2_000 })
  .waitFor('approval', { schema: z.object({ by: z.string() }), timeoutMs: 60_000 })
  .pivot('pay', { action: op('payment.charge'), request: same, deadlineMs: 20_000 })
  .parallel('tell', (group) =>
    group
      .retriable('mail', { run: () => Promise.resolve(null) })
      .retriable('points', { action: op('points.add'), request: same }),
  )
  .build();
