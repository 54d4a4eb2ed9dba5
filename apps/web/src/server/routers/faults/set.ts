import { setFault } from '@counterstep/db/faults';
import { present } from '../../present.ts';
import { procedure } from '../../trpc.ts';
import { rule } from './rule.ts';

/** Answers when every live worker obeys the rule, so the next call meets it. */
export const set = procedure
  .input(rule)
  .mutation(({ ctx, input }) => setFault(ctx.backend().pool, present(input)));
