import { readSagaLedger } from '@counterstep/services/ledger';
import { z } from 'zod';
import { sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

/** The four services' rows of a saga; of one whose order was never created as well. */
export const ledger = procedure
  .input(z.strictObject({ sagaId }))
  .query(({ ctx, input }) => readSagaLedger(ctx.backend().databases, input.sagaId));
