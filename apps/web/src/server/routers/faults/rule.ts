import { faultKinds } from '@counterstep/db/faults';
import { z } from 'zod';
import { orderId, sku } from '../../schemas.ts';

export const service = z.enum(['order', 'inventory', 'payment', 'shipment']);
export const operation = z.enum([
  'order.create',
  'order.confirm',
  'order.cancel',
  'inventory.reserve',
  'inventory.release',
  'payment.charge',
  'payment.refund',
  'shipment.initiate',
]);
const delay = z.int().min(1).max(60_000, 'at most 60000 ms');

export const rule = z
  .strictObject({
    service,
    operation,
    kind: z.enum(faultKinds),
    delayMs: delay.optional(),
    jitterMs: delay.optional(),
    probability: z.number().gt(0, 'must be above 0').max(1, 'must be at most 1').optional(),
    nextCalls: z.int().min(1).max(10_000).optional(),
    orderId: orderId.optional(),
    sku: sku.optional(),
    expiresAt: z.iso
      .datetime({ offset: true, abort: true })
      .refine((at) => Date.parse(at) > Date.now(), 'must be in the future')
      .optional(),
  })
  .refine((fault) => fault.operation.startsWith(`${fault.service}.`), {
    path: ['operation'],
    error: 'must be an operation of that service',
  })
  .refine((fault) => fault.kind !== 'delay' || fault.delayMs !== undefined, {
    path: ['delayMs'],
    error: 'a delay needs its length in milliseconds',
  });
