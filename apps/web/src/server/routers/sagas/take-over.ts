import { takeOver as hand } from '@counterstep/db/commands';
import { sagas } from '@counterstep/services/sagas';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';
import { guarded } from './operate.ts';

/** Hands a choreographed saga to the orchestrator, which goes on from what its services have done. */
export const takeOver = procedure.input(guarded).mutation(async ({ ctx, input }) => {
  const { pool } = ctx.backend();
  await hand(pool, sagas.find, { ...input, actor: ctx.actor });
  return loadSaga(ctx.backend(), input.sagaId);
});
