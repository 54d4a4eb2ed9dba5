import { procedure } from '../../trpc.ts';
import { operate, operation } from './operate.ts';

export const retry = procedure
  .input(operation)
  .mutation(({ ctx, input }) => operate(ctx, 'retry', input));
