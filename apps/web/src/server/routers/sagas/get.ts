import { z } from 'zod';
import { sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';

export const get = procedure
  .input(z.strictObject({ sagaId }))
  .query(({ ctx, input }) => loadSaga(ctx.backend(), input.sagaId));
