import { event, type EventContract } from '@counterstep/saga-core/choreography';
import { operation } from '@counterstep/saga-core/participant';
import { z } from 'zod';
import { orderFlow } from '../order/contract.ts';

const parcel = z.strictObject({ orderId: z.uuid(), units: z.int().min(1) });
export type Parcel = z.infer<typeof parcel>;

const shipment = z.strictObject({ trackingCode: z.string() });
export type Shipment = z.infer<typeof shipment>;

/** The pivot: once a parcel is on its way there is no way back. */
export const initiateShipment = operation({
  name: 'shipment.initiate',
  request: parcel,
  response: shipment,
});

const shipmentEvent = (type: string) =>
  event({ type, service: 'shipment', version: 1, data: orderFlow });

export const shipmentInitiated = shipmentEvent('ShipmentInitiated');
export const shipmentFailed = shipmentEvent('ShipmentFailed');

/** All that Shipment tells the others; a flow refuses any other event of it. */
export const shipmentEvents: readonly EventContract[] = [shipmentInitiated, shipmentFailed];
