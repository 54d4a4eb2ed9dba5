import { readSagaLedger } from '@counterstep/services/ledger';
import { z } from 'zod';
import { sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';

/** The four services' rows of a saga; of one whose order was never created as well. */
export const ledger = procedure.input(z.strictObject({ sagaId })).query(async ({ ctx, input }) => {
  await loadSaga(ctx.backend(), input.sagaId);
  return readSagaLedger(ctx.backend().databases, input.sagaId);
});
