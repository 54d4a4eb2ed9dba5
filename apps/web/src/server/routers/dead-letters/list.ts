import { countDeadLetters, listDeadLetters } from '@counterstep/db/read';
import { z } from 'zod';
import { present } from '../../present.ts';
import { procedure } from '../../trpc.ts';
import { deadLetterFilter, service } from './filter.ts';

const input = deadLetterFilter.extend({
  service,
  cursor: z.string().min(1).max(200).optional(),
  limit: z.int().min(1).max(100).optional(),
});

/** One page of a service's dead letters, the oldest first, and how many match in all. */
export const list = procedure.input(input).query(async ({ ctx, input: asked }) => {
  const { service: name, cursor, limit = 20, ...rest } = asked;
  const db = ctx.backend().databases[name];
  const filter = present(rest);
  const [page, total] = await Promise.all([
    listDeadLetters(db, filter, { ...(cursor !== undefined && { cursor }), limit }),
    countDeadLetters(db, filter),
  ]);
  return { ...page, total };
});
