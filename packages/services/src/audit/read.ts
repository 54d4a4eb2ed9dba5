import type { Pool } from '@counterstep/db/tx';
import type { ServiceDatabases } from '../databases.ts';
import { groupBy } from '../group.ts';
import type { SagaFacts } from './facts.ts';
import { readInstances } from './read-sagas.ts';
import { readOrders, readPayments, readReservations, readShipments } from './read-services.ts';

export interface Books {
  readonly databases: ServiceDatabases;
  /** The saga schema. */
  readonly saga: Pool;
}

/**
 * Reads what is on the books about some sagas, each service on its own. Dependents before causes: what
 * a later step wrote is read first, so the earlier rows that it rests on must be there when they are
 * read. The other way round every moving saga would look broken.
 */
export async function readFacts(
  { databases, saga }: Books,
  ids: readonly string[],
): Promise<SagaFacts[]> {
  const instances = await readInstances(saga, ids);
  const shipments = await readShipments(databases.shipment, ids);
  const payments = await readPayments(databases.payment, ids);
  const reservations = await readReservations(databases.inventory, ids);
  const orders = await readOrders(databases.order, ids);

  const instanceOf = new Map(instances.map((row) => [row.sagaId, row]));
  const shipmentOf = new Map(shipments.rows.map((row) => [row.sagaId, row]));
  const paymentOf = new Map(payments.rows.map((row) => [row.sagaId, row]));
  const reservationsOf = groupBy(reservations.rows, (row) => row.sagaId);
  const orderOf = new Map(orders.rows.map((row) => [row.sagaId, row]));
  const effectsOf = groupBy(
    [orders, reservations, payments, shipments].flatMap((service) => service.effects),
    (effect) => effect.sagaId,
  );
  return ids.map((sagaId) => ({
    sagaId,
    instance: instanceOf.get(sagaId),
    order: orderOf.get(sagaId),
    reservations: reservationsOf.get(sagaId) ?? [],
    payment: paymentOf.get(sagaId),
    shipment: shipmentOf.get(sagaId),
    effects: effectsOf.get(sagaId) ?? [],
  }));
}
