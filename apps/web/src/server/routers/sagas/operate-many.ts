import { bulkActions, operateMany as send } from '@counterstep/db/commands';
import { sagas } from '@counterstep/services/sagas';
import { z } from 'zod';
import { present } from '../../present.ts';
import { reason, sagaId, seq } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { settledAs } from './operate.ts';

const input = z
  .strictObject({
    action: z.enum(bulkActions),
    as: settledAs.optional(),
    reason,
    targets: z
      .array(z.strictObject({ sagaId, expectedSeq: seq }))
      .min(1, 'name at least one saga')
      .max(500, 'at most 500 sagas at once; send the rest after them'),
  })
  .refine(({ action, as }) => (action === 'settle') === (as !== undefined), {
    path: ['as'],
    error: 'settle takes "done" or "not-done", nothing else does',
  });

/** One act on many sagas, each under the sequence that was seen; answers for each of them. */
export const operateMany = procedure
  .input(input)
  .mutation(({ ctx, input: act }) =>
    send(ctx.backend().pool, sagas.find, { ...present(act), actor: ctx.actor }),
  );
