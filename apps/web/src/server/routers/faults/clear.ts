import { clearFaults } from '@counterstep/db/faults';
import { z } from 'zod';
import { present } from '../../present.ts';
import { procedure } from '../../trpc.ts';
import { operation, service } from './rule.ts';

/** `{}` clears all; the object itself is required, so that an empty request never does. */
const selection = z.strictObject({
  id: z.guid().optional(),
  service: service.optional(),
  operation: operation.optional(),
});

export const clear = procedure.input(selection).mutation(async ({ ctx, input }) => ({
  cleared: await clearFaults(ctx.backend().pool, present(input)),
}));
