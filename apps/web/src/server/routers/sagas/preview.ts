import { previewAction } from '@counterstep/db/commands';
import { definitionOf } from '@counterstep/services/place-order';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

const action = z.enum(['retry', 'skip', 'resolve', 'cancel', 'pause', 'resume', 'takeOver']);

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
