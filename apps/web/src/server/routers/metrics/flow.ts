import { procedure } from '../../trpc.ts';
import { windowInput } from './input.ts';
import { metricReaders } from './readers.ts';

/** Throughput, time to the end, backlog and the faults that struck, step by step. */
export const flow = procedure
  .input(windowInput)
  .query(({ input }) => metricReaders().flow[input.window]());
