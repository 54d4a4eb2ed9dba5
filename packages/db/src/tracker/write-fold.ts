import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import { asJson } from '@counterstep/saga-core/definition';
import { isTerminal } from '@counterstep/saga-core/machine';
import { eventColumnsOf } from '../store/rows.ts';
import { summarise } from '../store/summary.ts';
import { jsonLines, type Tx } from '../tx/index.ts';
import { flowKey, type Flows } from './flow.ts';
import type { Folded, NewEvent } from './fold-saga.ts';

/** A saga that is heard of for the first time: what its first message says, and what follows so far. */
export interface Newcomer {
  readonly accepted: RecordedMessage;
  readonly folded: Folded;
}

/** Rows of sagas that have none; a row that is there stays as it is. */
export async function insertInstances(
  tx: Tx,
  flows: Flows,
  newcomers: readonly Newcomer[],
): Promise<void> {
  const rows = newcomers.flatMap(({ accepted, folded }) => {
    const flow = flows.get(flowKey(accepted));
    if (!flow || accepted.report.kind !== 'accepted') return [];
    const { input } = accepted.report;
    return [{ accepted, folded, input, keys: flow.definition.keys(input as never) }];
  });
  if (rows.length === 0) return;
  await tx.query(
    `insert into saga.instance
            (id, definition, version, style, input, business_key, subject, correlation_id, created_at,
             seq, status, summary, stalled, finished_at)
     select id, definition, version, 'choreography', input::json, business_key, subject,
            correlation_id, created_at, seq, status, summary::json, stalled, finished_at
       from unnest($1::uuid[], $2::text[], $3::int[], string_to_array($4, E'\\n'),
                   $5::text[], $6::text[], $7::text[], $8::timestamptz[],
                   $9::int[], $10::text[], string_to_array($11, E'\\n'), $12::bool[], $13::timestamptz[])
            as s (id, definition, version, input, business_key, subject, correlation_id, created_at,
                  seq, status, summary, stalled, finished_at)
      order by id
     on conflict (id) do nothing`,
    [
      rows.map((r) => r.accepted.sagaId),
      rows.map((r) => r.accepted.definition),
      rows.map((r) => r.accepted.definitionVersion),
      jsonLines(rows.map((r) => asJson(r.input))),
      rows.map((r) => r.keys.businessKey ?? null),
      rows.map((r) => r.keys.subject ?? null),
      rows.map((r) => r.accepted.correlationId),
      rows.map((r) => r.accepted.at),
      ...positionsOf(rows.map((r) => r.folded)),
    ],
  );
}

/** Where folds have left sagas that have a row already. */
async function updateInstances(tx: Tx, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return;
  await tx.query(
    `update saga.instance i
        set seq = s.seq, status = s.status, summary = s.summary::json, stalled = s.stalled,
            updated_at = clock_timestamp(),
            finished_at = case when s.ended_at is not null then coalesce(i.finished_at, s.ended_at) end
       from unnest($1::uuid[], $2::int[], $3::text[], string_to_array($4, E'\\n'), $5::bool[],
                   $6::timestamptz[])
            as s (id, seq, status, summary, stalled, ended_at)
      where i.id = s.id`,
    [folded.map((saga) => saga.sagaId), ...positionsOf(folded)],
  );
}

/** Columns: place in the log, status, summary, whether it stalls, when it ended. */
function positionsOf(folded: readonly Folded[]) {
  return [
    folded.map(({ state }) => state.seq),
    folded.map(({ state }) => state.phase.status),
    jsonLines(folded.map(({ state }) => summarise(state))),
    folded.map(({ state }) => state.stalled !== undefined),
    folded.map(({ state, events }) =>
      isTerminal(state.phase.status) ? (events.at(-1)?.at ?? null) : null,
    ),
  ];
}

/**
 * Instances, logs and what is held back, as folds have left them.
 *
 * @param held sagas of which something has been held back so far
 * @param isNew has been written as a newcomer
 */
export async function writeFolds(
  tx: Tx,
  folded: readonly Folded[],
  held: readonly string[],
  isNew: (sagaId: string) => boolean = () => false,
): Promise<void> {
  const events = folded.flatMap((saga) => saga.events);
  const changed = folded.filter((saga) => saga.events.length > 0 && !isNew(saga.sagaId));
  const early = folded.flatMap((saga) => saga.held);
  await Promise.all([
    insertEvents(tx, events),
    updateInstances(tx, changed),
    held.length > 0
      ? tx.query('delete from saga.held_message where saga_id = any($1::uuid[])', [held])
      : undefined,
    early.length > 0 ? insertHeld(tx, early) : undefined,
  ]);
}

async function insertEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const log = eventColumnsOf(events);
  await tx.query(
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
  );
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
