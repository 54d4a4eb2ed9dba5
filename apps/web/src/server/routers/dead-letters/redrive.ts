import { redriveDeadLetters } from '@counterstep/db/commands';
import { sagas } from '@counterstep/services/sagas';
import { z } from 'zod';
import { present } from '../../present.ts';
import { reason, text } from '../../schemas.ts';
import { procedure } from '../../trpc.ts';
import { deadLetterFilter, service } from './filter.ts';

const id = z.strictObject({
  messageId: z.guid('must be the id of a message (a uuid)'),
  step: text.min(1).max(200),
  direction: z.enum(['action', 'compensation']),
});

const input = z
  .strictObject({
    service,
    reason,
    ids: z.array(id).min(1).max(100).optional(),
    filter: deadLetterFilter.optional(),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    error: 'give either ids or a filter ({} lets all pass)',
    path: ['ids'],
  });

/** Lets dead letters be tried again: these, or all that match. Audited for each saga. */
export const redrive = procedure.input(input).mutation(({ ctx, input: asked }) => {
  const { pool, databases } = ctx.backend();
  const which = asked.ids ? { ids: asked.ids } : { filter: present(asked.filter ?? {}) };
  return redriveDeadLetters(
    { saga: pool, service: databases[asked.service], definitionOf: sagas.find },
    { service: asked.service, which, reason: asked.reason, actor: ctx.actor },
  );
});
