import { TRPCError } from '@trpc/server';

const streamsMax = 200;

// Counted over all route bundles of the process.
const shared = globalThis as typeof globalThis & { counterstepStreams?: number };

/** Holds a place among this process's streams until the returned function is called. */
export function takePlace(): () => void {
  const open = shared.counterstepStreams ?? 0;
  if (open >= streamsMax) {
    throw new TRPCError({
      code: 'TOO_MANY_REQUESTS',
      message: `${streamsMax} streams are open already. Close a tab and try again.`,
    });
  }
  shared.counterstepStreams = open + 1;
  return () => {
    shared.counterstepStreams = Math.max(0, (shared.counterstepStreams ?? 1) - 1);
  };
}
