import { procedure } from '../../trpc.ts';
import { guarded, operate } from './operate.ts';

/** Gives the way forward up: what was done is undone. */
export const compensate = procedure
  .input(guarded)
  .mutation(({ ctx, input }) => operate(ctx, 'compensate', input));
