import { sagaViews } from '@counterstep/db/read';
import { sagaStatuses } from '@counterstep/saga-core/machine';
import { z } from 'zod';

/** Shapes that several procedures share. Everything is bounded: nothing that a client sends is open-ended. */
export const sagaId = z.guid('must be a saga id (a uuid)').toLowerCase();
export const orderId = z.guid('must be an order id (a uuid)').toLowerCase();
/** Text that Postgres can hold: no U+0000 and no half of a surrogate pair. */
export const text = z
  .string()
  .refine((value) => value.isWellFormed() && !value.includes('\u0000'), {
    error: 'holds a character that cannot be stored (U+0000 or half of a surrogate pair)',
  });
/** Of a definition, a signal or a launch. */
export const name = text.trim().min(1, 'give a name').max(100, 'at most 100 characters');
export const reason = text
  .trim()
  .min(3, 'give a reason of at least 3 characters; it goes into the audit log')
  .max(500, 'keep the reason under 500 characters');
export const customerId = z
  .string()
  .max(60, 'at most 60 characters')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower case words joined by hyphens: harbour-cafe');
export const sku = z
  .string()
  .max(40, 'at most 40 characters')
  .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'write upper case words joined by hyphens: WAL-TRAY-02');
export const quantity = z
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(10_000, 'must be at most 10000');
export const style = z.enum(['orchestration', 'choreography']);
const status = z.enum(sagaStatuses);
export const seq = z.int().min(0).max(2_147_483_647);
const search = text.trim().max(100, 'search for at most 100 characters');

export const sagaFilter = z.strictObject({
  status: z
    .union([status, z.array(status).min(1).max(sagaStatuses.length)], {
      error: `write one of ${sagaStatuses.join(', ')}, or a list of them`,
    })
    .optional(),
  view: z.enum(sagaViews).optional(),
  style: style.optional(),
  stalled: z.boolean().optional(),
  definition: text.min(1).max(100).optional(),
  search: search.optional(),
  correlationId: text.min(1).max(100).optional(),
});

export type SagaFilterInput = z.infer<typeof sagaFilter>;

const depthMax = 32;

/** Any JSON value of a sane depth: what checks and stores it goes down with the stack. */
export const json = z
  .unknown()
  .refine((value) => value !== undefined, {
    error: 'is missing; write null where there is nothing to say',
    abort: true,
  })
  .refine((value) => isShallow(value, depthMax), {
    error: `nests deeper than ${depthMax} levels`,
    abort: true,
  })
  .refine((value) => isStorable(value), {
    error: 'holds a character that cannot be stored (U+0000 or half of a surrogate pair)',
    abort: true,
  })
  .pipe(z.json());

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => isStorable(key) && isStorable(member));
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((member) => isShallow(member, depth - 1));
}
