import { bulkActions, previewMany as preview } from '@counterstep/db/commands';
import { sagas } from '@counterstep/services/sagas';
import { z } from 'zod';
import { toReadFilter } from '../../live/filter.ts';
import { present } from '../../present.ts';
import { sagaFilter, sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { settledAs } from './operate.ts';

const chosen = z.strictObject({ sagaIds: z.array(sagaId).min(1).max(500) });

const input = z
  .strictObject({
    action: z.enum(bulkActions),
    as: settledAs.optional(),
    which: z.union([chosen, z.strictObject({ filter: sagaFilter })], {
      error: 'write { "sagaIds": […] } with 1 to 500 ids, or { "filter": {…} }',
    }),
    cursor: z.string().min(1).max(200).optional(),
  })
  .refine(({ action, as }) => (action === 'settle') === (as !== undefined), {
    path: ['as'],
    error: 'settle takes "done" or "not-done", nothing else does',
  });

/** What an act would do to these sagas, or to all of a filter that are in flight, 500 at a time. */
export const previewMany = procedure.input(input).query(({ ctx, input: { which, ...rest } }) =>
  preview(ctx.backend().pool, sagas.find, {
    ...present(rest),
    which: 'filter' in which ? { filter: toReadFilter(which.filter) } : which,
  }),
);
