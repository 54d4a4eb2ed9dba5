import { operate as send } from '@counterstep/db/commands';
import type { OperatorAction } from '@counterstep/saga-core/machine';
import { sagas } from '@counterstep/services/sagas';
import { z } from 'zod';
import { present } from '../../present.ts';
import { json, reason, sagaId, seq } from '../../schemas.ts';
import type { Context } from '../../trpc.ts';
import { loadSaga } from './load.ts';

/** What the acts on a stuck saga have in common; `expectedSeq` guards against one that has moved on. */
export const guarded = z.strictObject({ sagaId, reason, expectedSeq: seq });

export const operation = guarded.extend({ input: json.optional() });

export const settledAs = z.enum(['done', 'not-done']);

/** `settle`: what became of the step, and what it would have answered. */
export const settlement = guarded.extend({
  as: settledAs,
  output: json.optional(),
});

type Request = z.infer<typeof operation> | z.infer<typeof settlement>;

export async function operate(ctx: Context, action: OperatorAction, request: Request) {
  const { pool } = ctx.backend();
  await send(pool, sagas.find, { ...present(request), action, actor: ctx.actor });
  return loadSaga(ctx.backend(), request.sagaId);
}
