import {
  evolve,
  initialState,
  type OperatorAction,
  type SagaEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import { readShapes } from '../read/shape.ts';
import { eventColumns, type EventRow, recorded } from '../store/rows.ts';
import { summarise } from '../store/summary.ts';
import type { Pool, Tx } from '../tx/index.ts';
import { writeAudit } from './audit.ts';
import { checkOperation, type DefinitionOf, type Operated } from './check-operation.ts';
import { notFound } from './errors.ts';

export interface Operation {
  readonly sagaId: string;
  readonly action: OperatorAction;
  readonly reason: string;
  readonly actor: string;
  /** Sequence that the operator has seen; the act is refused if the log has grown. */
  readonly expectedSeq: number;
  /** `retry` of a forward step only: replaces the saga's input. Its keys must stay the same. */
  readonly input?: Json;
  /** `settle` only, and required there: what became of the step. */
  readonly as?: 'done' | 'not-done';
  /** `settle` as done: what the step would have returned. */
  readonly output?: Json;
}

/**
 * An operator's act on a stuck saga: event, audit row and ready row in one transaction, under a raised
 * fence. Of several acts at once exactly one finds the sequence it expects; the others conflict.
 *
 * @throws CommandError
 */
export async function operate(
  pool: Pool,
  definitionOf: DefinitionOf,
  operation: Operation,
): Promise<void> {
  const error = await pool.transaction(async (tx) => {
    const saga = await lockOperated(tx, operation.sagaId);
    const refusal = checkOperation(saga, definitionOf, operation);
    if (refusal) {
      await writeAudit(tx, { ...auditOf(operation), result: `refused: ${refusal.message}` });
      return refusal;
    }
    await apply(tx, saga.state, operation);
    return undefined;
  });
  if (error) throw error;
  await pool.query(`select pg_notify('counterstep', 'ready')`);
}

/** A saga with its whole log folded, its row locked. */
export async function lockOperated(tx: Tx, sagaId: string): Promise<Operated> {
  const [row] = await tx.query<Omit<Operated, 'state' | 'steps'>>(
    `select style, seq, owner, definition, version, business_key, subject
       from saga.instance where id = $1 for update`,
    [sagaId],
  );
  if (!row) throw notFound(sagaId);
  const [log, shapes] = await Promise.all([
    tx.query<EventRow>(`select ${eventColumns} from saga.event where saga_id = $1 order by seq`, [
      sagaId,
    ]),
    readShapes(tx),
  ]);
  const state = log.map(recorded).reduce<SagaState>(evolve, initialState);
  return { ...row, state, steps: shapes.get(`${row.definition}@${row.version}`) ?? [] };
}

async function apply(tx: Tx, before: SagaState, operation: Operation): Promise<void> {
  const { sagaId, actor, expectedSeq } = operation;
  const event = eventOf(operation);
  const state = evolve(before, event);
  await Promise.all([
    tx.query(
      `update saga.instance
          set fence = fence + 1, seq = $2, status = $3, summary = $4::text::jsonb,
              input = $5::text::jsonb, deadline_at = $6::text::timestamptz,
              updated_at = clock_timestamp()
        where id = $1`,
      [
        sagaId,
        state.seq,
        state.phase.status,
        JSON.stringify(summarise(state)),
        JSON.stringify(state.input),
        state.deadlineAt ?? null,
      ],
    ),
    tx.query(
      `insert into saga.event (saga_id, seq, type, data, actor) values ($1, $2, $3, $4::text::jsonb, $5)`,
      [sagaId, expectedSeq + 1, event.type, JSON.stringify(event.data), actor],
    ),
    tx.query(
      `insert into saga.ready (saga_id, run_at, definition_key)
       select id, clock_timestamp(),
              case when style = 'choreography' and epoch = 0 then 'choreography-mail'
                   else definition || '@' || version end
         from saga.instance where id = $1
       on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)`,
      [sagaId],
    ),
    writeAudit(tx, { ...auditOf(operation), result: 'accepted', seq: expectedSeq + 1 }),
  ]);
}

function eventOf({ action, reason, input, as, output }: Operation): SagaEvent {
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

function auditOf({ sagaId, action, as, actor, reason }: Operation) {
  return { sagaId, action: as ? `${action} ${as}` : action, actor, reason };
}
