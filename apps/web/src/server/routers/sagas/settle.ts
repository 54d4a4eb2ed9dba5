import { procedure } from '../../trpc.ts';
import { operate, settlement } from './operate.ts';

/** An operator's word on an outcome that nobody knows. */
export const settle = procedure
  .input(settlement)
  .mutation(({ ctx, input }) => operate(ctx, 'settle', input));
