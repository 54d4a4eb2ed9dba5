import { z } from 'zod';
import { defineChoreography, emit, event, on } from '../src/choreography/index.ts';
import { operation } from '../src/participant/index.ts';
import { orderLike } from './order-like.ts';

const ref = z.object({ id: z.string() });
type Ref = z.infer<typeof ref>;
const tell = (type: string, service: string) => event({ type, service, version: 1, data: ref });
const op = (name: `${string}.${string}`) => operation({ name, request: ref, response: ref });
const same = (data: Ref): Ref => data;

const requested = tell('Requested', 'order');
const created = tell('Created', 'order');
const notCreated = tell('NotCreated', 'order');
const reserved = tell('Reserved', 'stock');
const notReserved = tell('NotReserved', 'stock');
const charged = tell('Charged', 'payment');
const notCharged = tell('NotCharged', 'payment');
const shipped = tell('Shipped', 'parcel');
const notShipped = tell('NotShipped', 'parcel');
const confirmed = tell('Confirmed', 'order');
const refunded = tell('Refunded', 'payment');
const released = tell('Released', 'stock');
const cancelled = tell('Cancelled', 'order');

const action = (
  step: string,
  name: `${string}.${string}`,
  applied: typeof created,
  rejected?: typeof created,
) => ({
  step,
  operation: op(name),
  request: same,
  applied: emit(applied, same),
  ...(rejected && { rejected: emit(rejected, same) }),
});
const undo = (step: string, name: `${string}.${string}`, applied: typeof created) => ({
  ...action(step, name, applied),
  direction: 'compensation' as const,
});

/** `orderLike` without a coordinator. */
export const orderFlow = defineChoreography({
  definition: orderLike,
  start: requested,
  startData: (input) => input,
  events: [
    requested,
    created,
    notCreated,
    confirmed,
    cancelled,
    reserved,
    notReserved,
    released,
    charged,
    notCharged,
    refunded,
    shipped,
    notShipped,
  ],
  reactions: [
    on(requested, action('create', 'order.create', created, notCreated)),
    on(created, action('reserve', 'stock.reserve', reserved, notReserved)),
    on(reserved, action('charge', 'payment.charge', charged, notCharged)),
    on(charged, action('ship', 'parcel.ship', shipped, notShipped)),
    on(shipped, action('confirm', 'order.confirm', confirmed)),
    on(notShipped, undo('charge', 'payment.refund', refunded)),
    on(notCharged, undo('reserve', 'stock.release', released)),
    on(refunded, undo('reserve', 'stock.release', released)),
    on(notReserved, undo('create', 'order.cancel', cancelled)),
    on(released, undo('create', 'order.cancel', cancelled)),
  ],
});
