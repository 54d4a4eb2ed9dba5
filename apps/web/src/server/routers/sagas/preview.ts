import { previewAction, previewTakeOver } from '@counterstep/db/commands';
import { actionNames } from '@counterstep/db/read';
import { readEffects } from '@counterstep/services/effects';
import { sagas } from '@counterstep/services/sagas';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { json, sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';

const input = z.strictObject({
  sagaId,
  action: z.enum(actionNames),
  /** For `settle`; done unless it says otherwise. */
  as: z.enum(['done', 'not-done']).optional(),
  /** For `retry`: the corrected input. */
  input: json.optional(),
});

/** What an act would send, without doing it. */
export const preview = procedure.input(input).query(async ({ ctx, input: { action, ...rest } }) => {
  const { definition, version } = await loadSaga(ctx.backend(), rest.sagaId);
  if (!sagas.find(definition, version)) {
    throw new TRPCError({
      code: 'CONFLICT',
      message: `This dashboard has no code for ${definition}, version ${version}; it cannot say what would be sent.`,
    });
  }
  const { pool, databases } = ctx.backend();
  return action === 'takeOver'
    ? previewTakeOver(pool, sagas.find, (id) => readEffects(databases, id), rest.sagaId)
    : previewAction(pool, sagas.find, { ...rest, action });
});
