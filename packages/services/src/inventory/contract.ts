import { event, type EventContract } from '@counterstep/saga-core/choreography';
import { operation } from '@counterstep/saga-core/participant';
import { z } from 'zod';
import { orderFlow } from '../order/contract.ts';

const reservedLine = z.strictObject({
  sku: z.string().min(1).max(64),
  quantity: z.int().min(1),
});
const reservation = z.strictObject({ orderId: z.uuid(), lines: z.array(reservedLine).min(1) });
export type Reservation = z.infer<typeof reservation>;

/** All lines or none. */
export const reserveStock = operation({
  name: 'inventory.reserve',
  request: reservation,
  response: reservation,
});
export const releaseStock = operation({
  name: 'inventory.release',
  request: z.strictObject({ orderId: z.uuid() }),
  response: reservation,
});

const inventoryEvent = (type: string) =>
  event({ type, service: 'inventory', version: 1, data: orderFlow });

export const inventoryReserved = inventoryEvent('InventoryReserved');
export const inventoryRejected = inventoryEvent('InventoryRejected');
export const inventoryReleased = inventoryEvent('InventoryReleased');

/** All that Inventory tells the others; a flow refuses any other event of it. */
export const inventoryEvents: readonly EventContract[] = [
  inventoryReserved,
  inventoryRejected,
  inventoryReleased,
];
