import type { Queryable } from '@counterstep/db/tx';
import type { Direction } from '@counterstep/saga-core/participant';

/** The step that wrote a row last: its action, or the counter-step that undid it. */
export interface WrittenBy {
  readonly step: string;
  readonly direction: Direction;
}

export interface ReservationEntry {
  readonly sku: string;
  readonly quantity: number;
  readonly status: 'held' | 'released';
  readonly at: string;
  readonly writtenBy: WrittenBy;
}

/** Amounts in minor units. */
export interface PaymentEntry {
  readonly paymentId: string;
  readonly customerId: string;
  readonly amount: number;
  readonly refunded: number;
  readonly token: string;
  readonly at: string;
  readonly writtenBy: WrittenBy;
}

export interface ShipmentEntry {
  readonly trackingCode: string;
  readonly units: number;
  readonly status: 'initiated';
  readonly at: string;
  readonly writtenBy: WrittenBy;
}

const by = (step: string, undone: boolean): WrittenBy => ({
  step,
  direction: undone ? 'compensation' : 'action',
});

export async function reservationEntries(
  db: Queryable,
  sagaId: string,
): Promise<ReservationEntry[]> {
  const rows = await db.query<Omit<ReservationEntry, 'at' | 'writtenBy'> & { at: Date }>(
    'select sku, quantity, status, at from reservation where saga_id = $1 order by sku',
    [sagaId],
  );
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    writtenBy: by('inventory.reserve', row.status === 'released'),
  }));
}

export async function paymentEntry(db: Queryable, sagaId: string): Promise<PaymentEntry | null> {
  const [row] = await db.query<Omit<PaymentEntry, 'at' | 'writtenBy'> & { at: Date }>(
    `select payment_id as "paymentId", customer_id as "customerId", amount, refunded, token, at
       from payment where saga_id = $1`,
    [sagaId],
  );
  if (!row) return null;
  const writtenBy = by('payment.charge', row.refunded > 0);
  return { ...row, at: row.at.toISOString(), writtenBy };
}

/** A parcel has one status only: it is on its way for good. */
export async function shipmentEntry(db: Queryable, sagaId: string): Promise<ShipmentEntry | null> {
  const [row] = await db.query<{ trackingCode: string; units: number; at: Date }>(
    'select tracking_code as "trackingCode", units, at from shipment where saga_id = $1',
    [sagaId],
  );
  if (!row) return null;
  return {
    ...row,
    status: 'initiated',
    at: row.at.toISOString(),
    writtenBy: by('shipment.initiate', false),
  };
}
