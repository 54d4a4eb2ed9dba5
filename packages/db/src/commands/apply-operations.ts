import { evolve, type SagaEvent, type SagaState } from '@counterstep/saga-core/machine';
import { eventColumnsOf } from '../store/rows.ts';
import { summarise } from '../store/summary.ts';
import { jsonLines, type Tx } from '../tx/index.ts';
import { type AuditEntry, writeAudits } from './audit.ts';
import type { Operation } from './operate.ts';

export interface CheckedOperation {
  /** The saga as its row says while it is locked. */
  readonly before: SagaState;
  readonly operation: Operation;
}

/** Event, state, ready row and audit row of acts that have been checked, each on another locked saga. */
export async function applyOperations(tx: Tx, checked: readonly CheckedOperation[]): Promise<void> {
  if (checked.length === 0) return;
  const acts = checked.map(({ before, operation }) => {
    const event = eventOf(operation);
    return { ...operation, event, seq: operation.expectedSeq + 1, state: evolve(before, event) };
  });
  const ids = acts.map(({ sagaId }) => sagaId);
  const log = eventColumnsOf(acts);
  await Promise.all([
    tx.query(
      `update saga.instance i
          set fence = i.fence + 1, seq = w.seq, status = w.status, summary = w.summary::json,
              input = w.input::json, deadline_at = w.deadline_at, updated_at = clock_timestamp()
         from unnest($1::uuid[], $2::int[], $3::text[], string_to_array($4, E'\\n'),
                     string_to_array($5, E'\\n'), $6::timestamptz[])
              as w (id, seq, status, summary, input, deadline_at)
        where i.id = w.id`,
      [
        ids,
        acts.map(({ state }) => state.seq),
        acts.map(({ state }) => state.phase.status),
        jsonLines(acts.map(({ state }) => summarise(state))),
        jsonLines(acts.map(({ state }) => state.input)),
        acts.map(({ state }) => state.deadlineAt ?? null),
      ],
    ),
    tx.query(
      `insert into saga.event (saga_id, seq, type, data, actor)
       select saga_id, seq, type, data::json, actor
         from unnest($1::uuid[], $2::int[], $3::text[], string_to_array($4, E'\\n'), $5::text[])
              as e (saga_id, seq, type, data, actor)`,
      [log.sagaIds, log.seqs, log.types, log.data, log.actors],
    ),
    tx.query(
      `insert into saga.ready (saga_id, run_at, definition_key)
       select id, clock_timestamp(),
              case when style = 'choreography' and epoch = 0 then 'choreography-mail'
                   else definition || '@' || version end
         from saga.instance where id = any($1::uuid[]) order by id
       on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)`,
      [ids],
    ),
    writeAudits(
      tx,
      acts.map(({ seq, ...operation }) => ({ ...auditOf(operation), result: 'accepted', seq })),
    ),
  ]);
}

export function eventOf({
  action,
  reason,
  input,
  as,
  output,
}: Omit<Operation, 'sagaId' | 'actor' | 'expectedSeq'>): SagaEvent {
  return {
    type: 'OperatorActed',
    data: {
      action,
      reason,
      ...(input !== undefined && { input }),
      ...(as !== undefined && { as }),
      ...(output !== undefined && { output }),
    },
  };
}

export function auditOf({
  sagaId,
  action,
  as,
  actor,
  reason,
}: Operation): Omit<AuditEntry, 'result' | 'seq'> {
  return { sagaId, action: as ? `${action} ${as}` : action, actor, reason };
}
