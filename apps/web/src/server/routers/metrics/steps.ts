import { procedure } from '../../trpc.ts';
import { windowInput } from './input.ts';
import { metricReaders } from './readers.ts';

/** Latency and failures of every step of every definition. */
export const steps = procedure
  .input(windowInput)
  .query(({ input }) => metricReaders().steps[input.window]());
