import { listSagas } from '@counterstep/db/read';
import { z } from 'zod';
import { toReadFilter } from '../../live/filter.ts';
import { sagaFilter } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

// Opaque to clients; only what a cursor may be made of reaches the query.
const cursor = z
  .string()
  .max(100)
  .regex(/^[0-9A-Za-z:.|_-]+$/, 'pass the nextCursor of the page before');

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
