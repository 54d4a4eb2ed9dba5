// The small build of zod: this is all that a browser reads with it.
import * as z from 'zod/mini';

const line = z.object({ sku: z.string(), quantity: z.number(), unitPrice: z.number() });
const orderInput = z.object({
  orderId: z.string(),
  customerId: z.string(),
  lines: z.array(line),
  total: z.number(),
});

export type OrderInput = z.infer<typeof orderInput>;

/** What a place-order saga was started with; undefined for sagas of other definitions. */
export function readOrder(input: unknown): OrderInput | undefined {
  return orderInput.safeParse(input).data;
}
