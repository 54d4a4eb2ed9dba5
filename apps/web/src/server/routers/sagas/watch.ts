import { tracked } from '@trpc/server';
import { z } from 'zod';
import { resumeFrom, runStream } from '../../live/run.ts';
import { sagaId } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { loadSaga } from './load.ts';

/** The log of one saga, event by event, gapless; `lastEventId` is the last sequence seen. */
export const watch = procedure
  .input(z.strictObject({ sagaId, lastEventId: z.string().max(20).optional() }))
  .subscription(async function* ({ ctx, input, signal }) {
    await loadSaga(ctx.backend(), input.sagaId);
    const afterSeq = resumeFrom(undefined, input.lastEventId);
    const request = { ambient: false, watch: { sagaId: input.sagaId, afterSeq } };
    for await (const [, frame] of runStream(ctx.backend(), request, signal)) {
      if (frame.type !== 'events') continue;
      for (const event of frame.events) yield tracked(String(event.seq), event);
    }
  });
