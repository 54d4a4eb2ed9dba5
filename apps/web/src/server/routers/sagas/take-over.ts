import { TRPCError } from '@trpc/server';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';
import { operation } from './operate.ts';

/** The name is part of the contract; the engine cannot continue a choreographed saga yet, and says so. */
export const takeOver = procedure.input(operation).mutation(async ({ ctx, input }) => {
  const saga = await loadSaga(ctx.backend(), input.sagaId);
  const said = saga.actions.find(({ action }) => action === 'takeOver')?.disabledBecause;
  throw new TRPCError({
    code: 'CONFLICT',
    message: said ?? 'Taking over a choreographed saga is not available yet.',
  });
});
