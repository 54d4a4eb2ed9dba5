import { applied, type Decision, rejected } from '@counterstep/db/barrier';
import type { Parcel, Shipment } from './contract.ts';

/** What the carrier takes in one parcel. */
export const unitsMax = 500;

export interface NewShipment extends Parcel, Shipment {
  readonly sagaId: string;
}

/** Hands a parcel to the carrier, if it is not too large. */
export function initiate(sagaId: string, parcel: Parcel): Decision<Shipment, NewShipment> {
  const { units } = parcel;
  if (units > unitsMax) {
    const message = `${units} units do not fit into one parcel; the carrier takes ${unitsMax}.`;
    return rejected('PARCEL_TOO_LARGE', message, { units, unitsMax });
  }
  const trackingCode = `CS${sagaId.replaceAll('-', '').slice(-10).toUpperCase()}`;
  return applied({ trackingCode }, { sagaId, trackingCode, ...parcel });
}
