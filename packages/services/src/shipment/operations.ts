import type { AnyOperation, Operation } from '@counterstep/db/barrier';
import type { Statement } from '@counterstep/db/tx';
import { initiateShipment, type Parcel, type Shipment } from './contract.ts';
import { initiate, type NewShipment } from './domain.ts';

const initiateOperation: Operation<Parcel, Shipment, null, NewShipment> = {
  contract: initiateShipment,
  load: () => Promise.resolve(null),
  decide: (_state, { sagaId, request }) => initiate(sagaId, request),
  evolve: () => undefined,
  write: insertShipments,
};

export const shipmentOperations: readonly AnyOperation[] = [initiateOperation];

function insertShipments(shipments: readonly NewShipment[]): Statement[] {
  const text = `insert into shipment (saga_id, order_id, tracking_code, units)
    select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[])`;
  const params = [
    shipments.map((shipment) => shipment.sagaId),
    shipments.map((shipment) => shipment.orderId),
    shipments.map((shipment) => shipment.trackingCode),
    shipments.map((shipment) => shipment.units),
  ];
  return [{ text, params, rows: shipments.length }];
}
