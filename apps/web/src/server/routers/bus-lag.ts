import { groups, sourcesOf } from '@counterstep/services/bus';
import { procedure } from '../trpc.ts';

/** For each reader and each outbox that it reads: messages behind, and the age of the oldest in ms. */
export const busLag = procedure.query(({ ctx }) => {
  const { bus } = ctx.backend();
  return Promise.all(
    groups.flatMap((group) =>
      sourcesOf(group).map(async (source) => ({
        group,
        source,
        ...(await bus.lag(source, group)),
      })),
    ),
  );
});
