import { acceptSagas } from '@counterstep/db/store';
import type { OrderInput } from '../src/order/contract.ts';
import { placeOrderSaga } from '../src/place-order/definition.ts';
import { anOrder, forward, type TestServices, walk, walkBack } from './services.ts';

export const compensatable = ['order.create', 'inventory.reserve', 'payment.charge'];

/** A saga row and log as the engine leaves them at this status. */
export async function record(
  { owner }: TestServices,
  sagaId: string,
  input: OrderInput,
  status: string,
): Promise<void> {
  await owner.transaction((tx) =>
    acceptSagas(tx, placeOrderSaga, 'orchestration', [{ sagaId, input, actor: 'test' }]),
  );
  if (status === 'pending') return;
  await owner.query('delete from saga.ready where saga_id = $1', [sagaId]);
  await owner.query('update saga.instance set status = $2 where id = $1', [sagaId, status]);
}

/** An order that went all the way. Returns the saga's id. */
export async function completed(services: TestServices): Promise<string> {
  const order = anOrder({ MUG: 2 });
  const sagaId = await walk(services, order, forward);
  await record(services, sagaId, order, 'completed');
  return sagaId;
}

/** An order that turned back before the pivot. Returns the saga's id. */
export async function compensated(services: TestServices): Promise<string> {
  const order = anOrder({ MUG: 2 });
  const sagaId = await walk(services, order, compensatable);
  await walkBack(services, sagaId, order, compensatable.toReversed());
  await record(services, sagaId, order, 'compensated');
  return sagaId;
}

const tables = [
  ...['instance', 'event', 'ready', 'idempotency'].map((table) => `saga.${table}`),
  ...['customer_order', 'order_line', 'effect'].map((table) => `orders.${table}`),
  ...['stock', 'reservation', 'effect'].map((table) => `inventory.${table}`),
  ...['payment', 'effect'].map((table) => `payment.${table}`),
  ...['shipment', 'effect'].map((table) => `shipment.${table}`),
];

/** Forgets all sagas: one database serves many tests. */
export async function empty({ owner }: TestServices): Promise<void> {
  await owner.query(`truncate ${tables.join()}`);
}
