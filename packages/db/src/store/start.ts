import { definitionKey, type SagaDefinition } from '@counterstep/saga-core/definition';
import { evolve, initialState, type SagaEvent, type Style } from '@counterstep/saga-core/machine';
import { asJson } from '@counterstep/saga-core/definition';
import { jsonLines, type Tx } from '../tx/index.ts';
import { summarise } from './summary.ts';

export interface NewSaga<Input> {
  readonly sagaId: string;
  readonly input: Input;
  readonly correlationId?: string;
  readonly idempotencyKey?: string;
  /** Who asked for it. */
  readonly actor: string;
}

/**
 * Accepts sagas of one definition, set-based: instance, first event and, for orchestration, the ready
 * row, all in the caller's transaction. A saga that is there already stays as it is. Inputs must have
 * passed the definition's schema. One with `deadlineMs` gets its deadline on the database's clock.
 * Returns the ids that were new.
 */
export async function acceptSagas<Input>(
  tx: Tx,
  definition: SagaDefinition<Input>,
  style: Style,
  sagas: readonly NewSaga<Input>[],
): Promise<string[]> {
  const rows = sagas.map((saga) => {
    const input = asJson(saga.input);
    const { name, version } = definition;
    const { idempotencyKey } = saga;
    const data = {
      definition: name,
      version,
      style,
      input,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    };
    const event: SagaEvent = { type: 'SagaAccepted', data };
    return { event, keys: definition.keys(saga.input), ...saga, input };
  });
  const first = rows[0];
  if (!first) return [];
  const state = evolve(initialState, first.event);
  // The deadline is the database's time plus the definition's, in whole milliseconds, once for both
  // places: the row must equal what the log folds to.
  const accepted = await tx.query<{ id: string }>(
    `with due as materialized (
       select date_trunc('milliseconds', clock_timestamp() + $13::float8 * interval '1 millisecond') as at
     ), accepted as (
       insert into saga.instance
              (id, definition, version, style, status, input, summary, seq, business_key, subject,
               correlation_id, deadline_at)
       select s.id, $1, $2, $3, 'pending', s.input::json, $4::text::json, 1, s.business_key, s.subject,
              s.correlation_id, due.at
         from unnest($5::uuid[], string_to_array($6, E'\\n'), $7::text[], $8::text[], $9::text[])
              as s (id, input, business_key, subject, correlation_id), due
       on conflict (id) do nothing
       returning id
     ), logged as (
       insert into saga.event (saga_id, seq, type, data, actor)
       select e.id, 1, 'SagaAccepted',
              case when due.at is null then e.data::json
                   else (e.data::jsonb || jsonb_build_object('deadlineAt',
                        to_char(due.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::json end,
              e.actor
         from unnest($5::uuid[], string_to_array($10, E'\\n'), $11::text[]) as e (id, data, actor)
         join accepted on accepted.id = e.id
        cross join due
     ), queued as (
       insert into saga.ready (saga_id, run_at, definition_key)
       select id, clock_timestamp(), $12 from accepted where $3 = 'orchestration'
     )
     select id from accepted`,
    [
      definition.name,
      definition.version,
      style,
      JSON.stringify(summarise(state)),
      rows.map((row) => row.sagaId),
      jsonLines(rows.map((row) => row.input)),
      rows.map((row) => row.keys.businessKey ?? null),
      rows.map((row) => row.keys.subject ?? null),
      rows.map((row) => row.correlationId ?? null),
      jsonLines(rows.map((row) => row.event.data)),
      rows.map((row) => row.actor),
      definitionKey(definition),
      definition.deadlineMs ?? null,
    ],
  );
  return accepted.map((row) => row.id);
}
