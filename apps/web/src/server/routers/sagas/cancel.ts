import { requestCancel } from '@counterstep/db/commands';
import { z } from 'zod';
import { reason, sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';

export const cancel = procedure
  .input(z.strictObject({ sagaId, reason }))
  .mutation(async ({ ctx, input }) => {
    await requestCancel(ctx.backend().pool, { ...input, actor: ctx.actor });
    return loadSaga(ctx.backend(), input.sagaId);
  });
