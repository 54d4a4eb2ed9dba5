import { receiveGoods } from '@counterstep/services/catalogue';
import { z } from 'zod';
import { sku } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

const quantity = z.int().min(1).max(1_000_000_000);

/** Goods received: the only thing that raises `onHand`. */
export const receive = procedure
  .input(z.strictObject({ sku, quantity }))
  .mutation(({ ctx, input }) => receiveGoods(ctx.backend().databases, input));
