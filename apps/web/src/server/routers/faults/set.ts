import { setFault } from '@counterstep/db/faults';
import { pricesOf } from '@counterstep/services/catalogue';
import { present } from '../../present.ts';
import { procedure } from '../../trpc.ts';
import { rule } from './rule.ts';

/** Answers when every live worker obeys the rule, so the next call meets it. */
export const set = procedure.input(rule).mutation(async ({ ctx, input }) => {
  const { pool, databases } = ctx.backend();
  // A rule for a product that does not exist would wait for it for ever.
  if (input.sku !== undefined) await pricesOf(databases, [input.sku]);
  return setFault(pool, present(input));
});
