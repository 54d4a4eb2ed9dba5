import { getBatch } from '@counterstep/db/batches';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .input(z.strictObject({ batchId: z.guid() }))
  .query(async ({ ctx, input }) => {
    const batch = await getBatch(ctx.backend().pool, input.batchId);
    if (batch) return batch;
    throw new TRPCError({ code: 'NOT_FOUND', message: `There is no launch ${input.batchId}.` });
  });
