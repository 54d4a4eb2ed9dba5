import { TRPCError } from '@trpc/server';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';
import { operation } from './operate.ts';

export const takeOverRefusal = 'Taking over a choreographed saga is not available yet.';

/** The name is part of the contract; the engine cannot continue a choreographed saga yet, and says so. */
export const takeOver = procedure.input(operation).mutation(async ({ ctx, input }) => {
  await loadSaga(ctx.backend(), input.sagaId);
  throw new TRPCError({ code: 'CONFLICT', message: takeOverRefusal });
});
