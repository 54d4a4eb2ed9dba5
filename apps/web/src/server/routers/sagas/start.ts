import { startSaga } from '@counterstep/db/commands';
import type { AnySaga, SagaDefinition } from '@counterstep/saga-core/definition';
import { sagas } from '@counterstep/services/sagas';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { present } from '../../present.ts';
import { json, name, text } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { startHint } from '../definitions/start-hint.ts';

const input = z.strictObject({
  definition: name,
  input: json,
  idempotencyKey: text.trim().min(1).max(200).optional(),
  correlationId: name.optional(),
});

/** Starts the latest version of any saga that needs no more than its input. */
export const start = procedure
  .input(input)
  .mutation(({ ctx, input: { definition, ...request } }) => {
    const found = startable(definition);
    // Its own schema checks the input before anything else sees it.
    return startSaga(ctx.backend().pool, found as SagaDefinition, {
      ...present(request),
      input: request.input,
      actor: ctx.actor,
    });
  });

function startable(definition: string): AnySaga {
  const found = sagas.latest(definition);
  if (!found) {
    const known = [...new Set(sagas.all.map((saga) => saga.name))].join(', ');
    throw new TRPCError({
      code: 'NOT_FOUND',
      message: `definition: there is no saga "${definition}"; known are ${known}.`,
    });
  }
  const hint = startHint(definition);
  if (hint) throw new TRPCError({ code: 'BAD_REQUEST', message: hint });
  return found;
}
