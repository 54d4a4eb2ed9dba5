import type { AnyOperation } from '@counterstep/db/barrier';
import { inventoryOperations } from './inventory/operations.ts';
import { orderOperations } from './order/operations.ts';
import { paymentOperations } from './payment/operations.ts';
import type { ServiceName } from './services.ts';
import { shipmentOperations } from './shipment/operations.ts';

/** What each service can do; the worker makes a participant of each entry. */
export const serviceOperations: Readonly<Record<ServiceName, readonly AnyOperation[]>> = {
  order: orderOperations,
  inventory: inventoryOperations,
  payment: paymentOperations,
  shipment: shipmentOperations,
};
