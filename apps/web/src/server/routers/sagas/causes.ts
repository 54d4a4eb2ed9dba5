import { listCauses } from '@counterstep/db/read';
import { toReadFilter } from '../../live/filter.ts';
import { sagaFilter } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

const input = sagaFilter.pick({ style: true, definition: true, search: true, correlationId: true });

/** Why sagas are stuck, and how many at each cause. */
export const causes = procedure
  .input(input.optional())
  .query(({ ctx, input: filter = {} }) => listCauses(ctx.backend().pool, toReadFilter(filter)));
