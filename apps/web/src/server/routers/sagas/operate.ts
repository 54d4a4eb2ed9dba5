import { operate as send } from '@counterstep/db/commands';
import { definitionOf } from '@counterstep/services/place-order';
import { z } from 'zod';
import { json, reason, sagaId, seq } from '../../schemas.ts';
import type { Context } from '../../trpc.ts';
import { loadSaga } from './load.ts';

/** What the acts on a stuck saga have in common; `expectedSeq` guards against one that has moved on. */
export const operation = z.strictObject({
  sagaId,
  reason,
  expectedSeq: seq,
  input: json.optional(),
});

export async function operate(
  ctx: Context,
  action: 'retry' | 'skip' | 'resolve',
  { input, ...request }: z.infer<typeof operation>,
) {
  await send(ctx.backend().pool, definitionOf, {
    ...request,
    action,
    actor: ctx.actor,
    ...(input !== undefined && { input }),
  });
  return loadSaga(ctx.backend(), request.sagaId);
}
