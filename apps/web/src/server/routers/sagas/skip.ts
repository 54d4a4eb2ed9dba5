import { procedure } from '../../trpc.ts';
import { operate, operation } from './operate.ts';

export const skip = procedure
  .input(operation)
  .mutation(({ ctx, input }) => operate(ctx, 'skip', input));
