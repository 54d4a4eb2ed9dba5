import { listProducts } from '@counterstep/services/catalogue';
import { procedure } from '../../trpc.ts';

export const list = procedure.query(({ ctx }) => listProducts(ctx.backend().databases));
