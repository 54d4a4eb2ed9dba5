import { countSagas } from '@counterstep/db/read';
import { z } from 'zod';
import { text } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

export const counts = procedure
  .input(z.strictObject({ correlationId: text.min(1).max(100).optional() }).optional())
  .query(({ ctx, input }) =>
    countSagas(ctx.backend().pool, {
      ...(input?.correlationId && { correlationId: input.correlationId }),
    }),
  );
