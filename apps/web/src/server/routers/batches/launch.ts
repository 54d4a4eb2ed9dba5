import { launchBatch } from '@counterstep/db/batches';
import { z } from 'zod';
import { present } from '../../present.ts';
import { procedure } from '../../trpc.ts';

const input = z.strictObject({
  count: z.int().min(1).max(20_000, 'at most 20000 orders at a time'),
  style: z.enum(['orchestration', 'choreography', 'both']),
  ratePerSecond: z.int().min(1).max(10_000).optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
});

export const launch = procedure
  .input(input)
  .mutation(({ ctx, input: batch }) => launchBatch(ctx.backend().pool, present(batch)));
