import { previewAction } from '@counterstep/db/commands';
import { placeOrderSaga } from '@counterstep/services/place-order';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

const action = z.enum(['retry', 'skip', 'resolve', 'cancel', 'pause', 'resume', 'takeOver']);

const definitionOf = (name: string, version: number) =>
  name === placeOrderSaga.name && version === placeOrderSaga.version ? placeOrderSaga : undefined;

/** What an act would send, without doing it. */
export const preview = procedure
  .input(z.strictObject({ sagaId, action }))
  .query(({ ctx, input }) => {
    const { action: wanted } = input;
    if (wanted === 'takeOver') {
      throw new TRPCError({ code: 'CONFLICT', message: 'Taking over is not available yet.' });
    }
    return previewAction(ctx.backend().pool, definitionOf, { ...input, action: wanted });
  });
