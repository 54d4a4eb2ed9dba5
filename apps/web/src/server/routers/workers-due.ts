import { readDue } from '@counterstep/db/read';
import { backend } from '../backend.ts';
import { sharedRead } from '../live/shared-read.ts';
import { procedure } from '../trpc.ts';

const read = sharedRead(() => readDue(backend().pool), { freshMs: 1_000 });

/** Sagas that no worker has in hand: those that are due, and for how long, and those for later. */
export const workersDue = procedure.query(() => read());
