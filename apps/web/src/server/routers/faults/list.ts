import { listFaults } from '@counterstep/db/faults';
import { procedure } from '../../trpc.ts';

export const list = procedure.query(({ ctx }) => listFaults(ctx.backend().pool));
