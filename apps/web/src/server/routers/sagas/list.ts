import { listSagas, sagaOrders } from '@counterstep/db/read';
import { present } from '../../present.ts';
import { z } from 'zod';
import { toReadFilter } from '../../live/filter.ts';
import { sagaFilter } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

/** A list by cause has the cause in it. */
const cursor = z.string().min(1).max(1_000);

const input = sagaFilter
  .extend({
    order: z.enum(sagaOrders).optional(),
    cursor: cursor.optional(),
    limit: z.int().min(1).max(200).optional(),
  })
  .refine(({ order, status }) => order !== 'cause' || isStuck(status), {
    path: ['order'],
    error: 'only stuck sagas have a cause: ask for status "stuck" with it',
  });

function isStuck(status: string | readonly string[] | undefined): boolean {
  return [status].flat().join() === 'stuck';
}

export const list = procedure.input(input.optional()).query(({ ctx, input: page = {} }) => {
  const { cursor, order, limit = 50, ...filter } = page;
  return listSagas(ctx.backend().pool, {
    ...toReadFilter(filter),
    ...present({ cursor, order }),
    limit,
  });
});
