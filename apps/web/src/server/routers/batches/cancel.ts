import { cancelBatch } from '@counterstep/db/batches';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { procedure } from '../../trpc.ts';

/** Orders not yet placed are left out; those placed run to their end. */
export const cancel = procedure
  .input(z.strictObject({ batchId: z.guid() }))
  .mutation(async ({ ctx, input }) => {
    const { batchId } = input;
    if (await cancelBatch(ctx.backend().pool, batchId)) return { batchId, cancelled: true };
    throw new TRPCError({ code: 'NOT_FOUND', message: `There is no launch ${batchId}.` });
  });
