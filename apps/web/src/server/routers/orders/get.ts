import { readLedger } from '@counterstep/services/ledger';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { orderId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

/** The order as all four services know it. */
export const get = procedure.input(z.strictObject({ orderId })).query(async ({ ctx, input }) => {
  const ledger = await readLedger(ctx.backend().databases, { orderId: input.orderId });
  if (ledger) return ledger;
  throw new TRPCError({
    code: 'NOT_FOUND',
    message: `No service knows the order ${input.orderId}.`,
  });
});
