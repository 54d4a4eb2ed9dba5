import { z } from 'zod';
import { resumeFrom, runStream } from '../live/run.ts';
import { sagaFilter, sagaId, seq } from '../schemas.ts';
import { procedure } from '../trpc.ts';

const input = z.strictObject({
  watch: z
    .strictObject({ sagaId, afterSeq: seq.optional(), logGeneration: seq.optional() })
    .optional(),
  feed: sagaFilter.optional(),
  lastEventId: z.string().max(20).optional(),
});

/** Everything that one tab shows, on one connection: browsers allow about six per origin. */
export const live = procedure
  .input(input)
  .subscription(({ ctx, input: { watch, feed, lastEventId }, signal }) => {
    const request = {
      ambient: true,
      ...(feed && { feed }),
      ...(watch && {
        watch: {
          sagaId: watch.sagaId,
          afterSeq: resumeFrom(watch.afterSeq, lastEventId),
          ...(watch.logGeneration !== undefined && { logGeneration: watch.logGeneration }),
        },
      }),
    };
    return runStream(ctx.backend(), request, signal);
  });
