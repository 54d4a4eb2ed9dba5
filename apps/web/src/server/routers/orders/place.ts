import { placeOrder } from '@counterstep/services/place-order';
import { z } from 'zod';
import { present } from '../../present.ts';
import { customerId, name, quantity, sku, style, text } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

const linesMax = 20;

const lines = z
  .array(z.strictObject({ sku, quantity }))
  .min(1, 'an order needs at least one line')
  .max(linesMax, `an order holds at most ${linesMax} lines`)
  .refine((all) => new Set(all.map((line) => line.sku)).size === all.length, {
    error: 'two lines name the same sku; put them together into one',
  });

const input = z.strictObject({
  customerId,
  lines,
  style,
  idempotencyKey: text.trim().min(1).max(200).optional(),
  correlationId: name.optional(),
});

export const place = procedure.input(input).mutation(({ ctx, input: order }) => {
  return placeOrder(ctx.backend().desk, present(order));
});
