import type { Pool } from '@counterstep/db/tx';
import type { ServiceDatabases } from '../databases.ts';
import type { EffectFacts, ReservationFacts, SagaFacts } from './facts.ts';
import { readInstances } from './read-sagas.ts';
import { readOrders, readPayments, readReservations, readShipments } from './read-services.ts';
import type { Selection } from './selection.ts';

export interface Books {
  readonly databases: ServiceDatabases;
  /** The saga schema. */
  readonly saga: Pool;
}

/**
 * Reads what is on the books about some sagas, each service on its own. Dependents before causes: what
 * a later step wrote is read first, so the earlier rows that it rests on must be there when they are
 * read. The other way round every moving saga would look broken.
 *
 * Of ids, the answer has one entry each, in their order; of a stretch, one for each saga that any row
 * speaks of.
 */
export async function readFacts(
  { databases, saga }: Books,
  selection: Selection,
): Promise<SagaFacts[]> {
  const instances = await readInstances(saga, selection);
  const shipments = await readShipments(databases.shipment, selection);
  const payments = await readPayments(databases.payment, selection);
  const reservations = await readReservations(databases.inventory, selection);
  const orders = await readOrders(databases.order, selection);

  const facts = new Map<string, Gathered>();
  const of = (sagaId: string): Gathered => {
    const known = facts.get(sagaId) ?? nothingOf(sagaId);
    facts.set(sagaId, known);
    return known;
  };
  if (!('after' in selection)) selection.forEach(of);
  for (const row of instances) of(row.sagaId).instance = row;
  for (const row of orders.rows) of(row.sagaId).order = row;
  for (const row of reservations.rows) of(row.sagaId).reservations.push(row);
  for (const row of payments.rows) of(row.sagaId).payment = row;
  for (const row of shipments.rows) of(row.sagaId).shipment = row;
  for (const service of [orders, reservations, payments, shipments]) {
    for (const effect of service.effects) of(effect.sagaId).effects.push(effect);
  }
  return [...facts.values()];
}

/** Facts while they are put together. */
type Gathered = {
  -readonly [Key in keyof SagaFacts]: SagaFacts[Key];
} & { readonly reservations: ReservationFacts[]; readonly effects: EffectFacts[] };

const nothingOf = (sagaId: string): Gathered => ({
  sagaId,
  instance: undefined,
  order: undefined,
  reservations: [],
  payment: undefined,
  shipment: undefined,
  effects: [],
});
