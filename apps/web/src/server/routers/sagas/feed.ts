import { z } from 'zod';
import { runStream } from '../../live/run.ts';
import { sagaFilter } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';

/** Latest states of the sagas that match, coalesced to at most ten frames a second. */
export const feed = procedure
  .input(sagaFilter.extend({ lastEventId: z.string().max(20).optional() }).optional())
  .subscription(async function* ({ ctx, input = {}, signal }) {
    const { lastEventId: _seen, ...filter } = input;
    const request = { ambient: false, feed: filter };
    for await (const [, frame] of runStream(ctx.backend(), request, signal)) {
      if (frame.type === 'sagas') yield frame.items;
    }
  });
