import type { Direction } from '@counterstep/saga-core/participant';
import type { ServiceDatabases, ServiceName } from './databases.ts';
import { serviceNames } from './databases.ts';
import { type OrderEntry, orderEntry } from './ledger/order.ts';
import {
  type PaymentEntry,
  paymentEntry,
  type ReservationEntry,
  reservationEntries,
  type ShipmentEntry,
  shipmentEntry,
} from './ledger/rows.ts';

export type { OrderEntry } from './ledger/order.ts';
export type { PaymentEntry, ReservationEntry, ShipmentEntry, WrittenBy } from './ledger/rows.ts';

/** What a service's barrier has stored under one key of the saga. */
export interface EffectEntry {
  readonly service: ServiceName;
  readonly step: string;
  readonly direction: Direction;
  readonly outcome: 'applied' | 'rejected' | 'null-compensated' | 'closed';
  /** ISO 8601, the service's database clock. */
  readonly at: string;
}

/** One order's rows in all four services, each read on its own: a moving saga may show between two of them. */
export interface Ledger {
  readonly sagaId: string;
  /** Null when `order.create` has not applied. */
  readonly order: OrderEntry | null;
  readonly reservations: readonly ReservationEntry[];
  readonly payment: PaymentEntry | null;
  readonly shipment: ShipmentEntry | null;
  /** By time, over all services; the clocks of two databases may differ. */
  readonly effects: readonly EffectEntry[];
}

/** The rows of an order; null when Order does not know it. */
export async function readLedger(
  databases: ServiceDatabases,
  { orderId }: { readonly orderId: string },
): Promise<Ledger | null> {
  const [order] = await databases.order.query<{ saga_id: string }>(
    'select saga_id from customer_order where id = $1',
    [orderId],
  );
  return order ? readSagaLedger(databases, order.saga_id) : null;
}

/** The rows of a saga, also of one whose order was never created. */
export async function readSagaLedger(databases: ServiceDatabases, sagaId: string): Promise<Ledger> {
  const [order, reservations, payment, shipment, ...effects] = await Promise.all([
    orderEntry(databases.order, sagaId),
    reservationEntries(databases.inventory, sagaId),
    paymentEntry(databases.payment, sagaId),
    shipmentEntry(databases.shipment, sagaId),
    ...serviceNames.map((service) => effectEntries(databases, service, sagaId)),
  ]);
  return {
    sagaId,
    order,
    reservations,
    payment,
    shipment,
    effects: effects.flat().sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

async function effectEntries(
  databases: ServiceDatabases,
  service: ServiceName,
  sagaId: string,
): Promise<EffectEntry[]> {
  const rows = await databases[service].query<Omit<EffectEntry, 'service' | 'at'> & { at: Date }>(
    'select step, direction, outcome, at from effect where saga_id = $1 order by at',
    [sagaId],
  );
  return rows.map(({ at, ...row }) => ({ service, ...row, at: at.toISOString() }));
}
