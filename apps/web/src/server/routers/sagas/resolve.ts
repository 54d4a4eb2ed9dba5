import { procedure } from '../../trpc.ts';
import { operate, operation } from './operate.ts';

export const resolve = procedure
  .input(operation)
  .mutation(({ ctx, input }) => operate(ctx, 'resolve', input));
