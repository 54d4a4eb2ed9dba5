import { readDue } from '@counterstep/db/read';
import { procedure } from '../trpc.ts';

/** Sagas that no worker has in hand: those that are due, and for how long, and those for later. */
export const workersDue = procedure.query(({ ctx }) => readDue(ctx.backend().pool));
