import { listWorkers } from '@counterstep/db/read';
import { procedure } from '../trpc.ts';

export const workersList = procedure.query(({ ctx }) => listWorkers(ctx.backend().pool));
