import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import { asJson } from '@counterstep/saga-core/definition';
import { isTerminal } from '@counterstep/saga-core/machine';
import { eventColumnsOf } from '../store/rows.ts';
import { summarise } from '../store/summary.ts';
import { jsonLines, type Tx } from '../tx/index.ts';
import { flowKey, type Flows } from './flow.ts';
import type { Folded } from './fold-saga.ts';

/** Rows of sagas that are heard of for the first time. */
export async function insertInstances(
  tx: Tx,
  flows: Flows,
  messages: readonly RecordedMessage[],
): Promise<void> {
  const rows = messages.flatMap((message) => {
    const flow = flows.get(flowKey(message));
    if (!flow || message.report.kind !== 'accepted') return [];
    const input = message.report.input;
    return [{ message, input, keys: flow.definition.keys(input as never) }];
  });
  if (rows.length === 0) return;
  await tx.query(
    `insert into saga.instance
            (id, definition, version, style, status, input, summary, seq, business_key, subject,
             correlation_id, created_at)
     select id, definition, version, 'choreography', 'pending', input::json, '{"steps":{}}', 0,
            business_key, subject, correlation_id, created_at
       from unnest($1::uuid[], $2::text[], $3::int[], string_to_array($4, E'\\n'),
                   $5::text[], $6::text[], $7::text[], $8::timestamptz[])
            as s (id, definition, version, input, business_key, subject, correlation_id, created_at)
      where not exists (select from saga.retired r where r.saga_id = s.id)
     order by id
     on conflict (id) do nothing`,
    [
      rows.map((r) => r.message.sagaId),
      rows.map((r) => r.message.definition),
      rows.map((r) => r.message.definitionVersion),
      jsonLines(rows.map((r) => asJson(r.input))),
      rows.map((r) => r.keys.businessKey ?? null),
      rows.map((r) => r.keys.subject ?? null),
      rows.map((r) => r.message.correlationId),
      rows.map((r) => r.message.at),
    ],
  );
}

/**
 * Instances, logs and what is held back, as folds have left them.
 *
 * @param held sagas of which something has been held back so far
 */
export async function writeFolds(
  tx: Tx,
  folded: readonly Folded[],
  held: readonly string[],
): Promise<void> {
  const events = folded.flatMap((saga) => saga.events);
  const changed = folded.filter((saga) => saga.events.length > 0);
  const early = folded.flatMap((saga) => saga.held);
  const log = eventColumnsOf(events);
  await Promise.all([
    tx.query(
      `insert into saga.event (saga_id, seq, type, step, attempt, data, actor, message_id, at)
       select saga_id, seq, type, step, attempt, data::json, actor, message_id, at
         from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::smallint[],
                     string_to_array($6, E'\\n'), $7::text[], $8::uuid[], $9::timestamptz[])
              as e (saga_id, seq, type, step, attempt, data, actor, message_id, at)`,
      [
        log.sagaIds,
        log.seqs,
        log.types,
        log.steps,
        log.attempts,
        log.data,
        log.actors,
        log.messageIds,
        events.map((event) => event.at),
      ],
    ),
    tx.query(
      `update saga.instance i
          set seq = s.seq, status = s.status, summary = s.summary::json, stalled = s.stalled,
              updated_at = clock_timestamp(),
              finished_at = case when s.ends then coalesce(i.finished_at, s.at) end
         from unnest($1::uuid[], $2::int[], $3::text[], string_to_array($4, E'\\n'), $5::bool[], $6::timestamptz[],
                     $7::bool[])
              as s (id, seq, status, summary, ends, at, stalled)
        where i.id = s.id`,
      [
        changed.map((saga) => saga.sagaId),
        changed.map((saga) => saga.state.seq),
        changed.map((saga) => saga.state.phase.status),
        jsonLines(changed.map((saga) => summarise(saga.state))),
        changed.map((saga) => isTerminal(saga.state.phase.status)),
        changed.map((saga) => saga.events.at(-1)?.at ?? null),
        changed.map((saga) => saga.state.stalled !== undefined),
      ],
    ),
    held.length > 0
      ? tx.query('delete from saga.held_message where saga_id = any($1::uuid[])', [held])
      : undefined,
    early.length > 0 ? insertHeld(tx, early) : undefined,
  ]);
}

async function insertHeld(tx: Tx, early: readonly RecordedMessage[]): Promise<void> {
  await tx.query(
    `insert into saga.held_message (saga_id, message_id, message)
     select saga_id, message_id, message::jsonb
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as h (saga_id, message_id, message)
      where not exists (select from saga.retired r where r.saga_id = h.saga_id)
     on conflict do nothing`,
    [
      early.map((message) => message.sagaId),
      early.map((message) => message.messageId),
      early.map((message) => JSON.stringify(message)),
    ],
  );
}
