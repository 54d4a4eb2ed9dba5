import { sendSignal } from '@counterstep/db/commands';
import { sagas } from '@counterstep/services/sagas';
import { z } from 'zod';
import { present } from '../../present.ts';
import { json, name, reason, sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';

const input = z.strictObject({ sagaId, signal: name, payload: json, reason: reason.optional() });

/** Tells a saga what it waits for, or will wait for. */
export const signal = procedure.input(input).mutation(async ({ ctx, input: message }) => {
  const { pool } = ctx.backend();
  const { payload } = message;
  await sendSignal(pool, sagas.find, { ...present(message), payload, actor: ctx.actor });
  return loadSaga(ctx.backend(), message.sagaId);
});
