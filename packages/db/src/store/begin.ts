import type { FirstWrite } from '@counterstep/saga-core/engine';
import { jsonLines, type Statement } from '../tx/index.ts';
import { eventColumnsOf } from './rows.ts';
import { summarise } from './summary.ts';

/** An instance that is locked, free and about to be owned, with what it begins with. */
export interface Beginning {
  readonly id: string;
  readonly seq: number;
  readonly status: string;
  readonly first: FirstWrite | undefined;
}

/** Instances get owner and a higher fence, and what they begin with, log included. */
export function ownStatements(workerId: string, sagas: readonly Beginning[]): Statement[] {
  if (sagas.length === 0) return [];
  const events = sagas.flatMap(({ id, seq, first }) =>
    (first?.events ?? []).map((event, index) => ({
      sagaId: id,
      seq: seq + 1 + index,
      event,
      actor: event.actor,
    })),
  );
  const owning: Statement = {
    text: ownSql,
    params: [
      workerId,
      sagas.map(({ id }) => id),
      sagas.map(({ seq, first }) => seq + (first?.events.length ?? 0)),
      sagas.map(({ status, first }) => first?.state.phase.status ?? status),
      jsonLines(sagas.map(({ first }) => (first ? summarise(first.state) : null))),
    ],
    rows: sagas.length,
  };
  if (events.length === 0) return [owning];
  const log = eventColumnsOf(events);
  const logging: Statement = {
    text: logSql,
    params: [log.sagaIds, log.seqs, log.types, log.steps, log.attempts, log.data, log.actors],
    rows: events.length,
  };
  return [owning, logging];
}

/** The owner is compared in a form that no index has; see `write.ts`. */
const ownSql = `
update saga.instance i
   set owner = $1::uuid, fence = i.fence + 1, seq = t.seq, status = t.status,
       summary = coalesce(t.summary::json, i.summary), updated_at = clock_timestamp()
  from unnest($2::uuid[], $3::int[], $4::text[], string_to_array($5, E'\\n', 'null'))
       as t (saga_id, seq, status, summary)
 where i.id = t.saga_id and i.owner is not distinct from null`;

const logSql = `
insert into saga.event (saga_id, seq, type, step, attempt, data, actor)
select saga_id, seq, type, step, attempt, data::json, actor
  from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::smallint[],
              string_to_array($6, E'\\n'), $7::text[])
       as e (saga_id, seq, type, step, attempt, data, actor)`;

/** An owned saga has no row there. */
export const deleteReady = (sagaIds: readonly string[]): Statement => ({
  text: 'delete from saga.ready where saga_id = any($1::uuid[])',
  params: [sagaIds],
});
