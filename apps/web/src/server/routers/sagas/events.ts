import { readEvents } from '@counterstep/db/read';
import { z } from 'zod';
import { sagaId, seq } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';

export const events = procedure
  .input(z.strictObject({ sagaId, afterSeq: seq.optional() }))
  .query(async ({ ctx, input }) => {
    const found = await readEvents(ctx.backend().pool, input.sagaId, input.afterSeq ?? 0);
    // No events may also mean no saga; that answers 404.
    if (found.length === 0) await loadSaga(ctx.backend(), input.sagaId);
    return found;
  });
