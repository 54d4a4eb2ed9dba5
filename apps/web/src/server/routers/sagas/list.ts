import { listSagas } from '@counterstep/db/read';
import { z } from 'zod';
import { toReadFilter } from '../../live/filter.ts';
import { sagaFilter } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

const cursor = z.string().min(1).max(200);

const input = sagaFilter.extend({
  cursor: cursor.optional(),
  limit: z.int().min(1).max(200).optional(),
});

export const list = procedure.input(input.optional()).query(({ ctx, input: page = {} }) => {
  const { cursor: after, limit, ...filter } = page;
  return listSagas(ctx.backend().pool, {
    ...toReadFilter(filter),
    ...(after && { cursor: after }),
    limit: limit ?? 50,
  });
});
