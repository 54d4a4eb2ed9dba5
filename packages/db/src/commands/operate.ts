import {
  evolve,
  initialState,
  type OperatorAction,
  type SagaEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import { eventColumns, type EventRow, recorded } from '../store/rows.ts';
import { summarise } from '../store/summary.ts';
import type { Pool, Tx } from '../tx/index.ts';
import { writeAudit } from './audit.ts';
import { CommandError, notFound } from './errors.ts';

export interface Operation {
  readonly sagaId: string;
  readonly action: OperatorAction;
  readonly reason: string;
  readonly actor: string;
  /** Sequence that the operator has seen; the act is refused if the log has grown. */
  readonly expectedSeq: number;
  /** `retry` only: replaces the saga's input. */
  readonly input?: Json;
}

interface Current {
  readonly status: string;
  readonly style: string;
  readonly seq: number;
  readonly owner: string | null;
}

/**
 * An operator's act on a stuck saga: event, audit row and ready row in one transaction, under a raised
 * fence. Of several acts at once exactly one finds the sequence it expects; the others conflict.
 */
export async function operate(pool: Pool, operation: Operation): Promise<void> {
  const error = await pool.transaction(async (tx) => {
    const refusal = await check(tx, operation);
    if (refusal) {
      await writeAudit(tx, { ...operation, result: `refused: ${refusal.message}` });
      return refusal;
    }
    await apply(tx, operation);
    return undefined;
  });
  if (error) throw error;
  await pool.query(`select pg_notify('counterstep', 'ready')`);
}

async function check(
  tx: Tx,
  { sagaId, action, expectedSeq }: Operation,
): Promise<CommandError | undefined> {
  const [row] = await tx.query<Current>(
    'select status, style, seq, owner from saga.instance where id = $1 for update',
    [sagaId],
  );
  if (!row) throw notFound(sagaId);
  if (row.seq !== expectedSeq || row.owner !== null) {
    return new CommandError(
      'CONFLICT',
      `The saga has moved on to #${row.seq}, and you acted on #${expectedSeq}. Look again, then decide.`,
    );
  }
  if (row.status !== 'stuck') {
    return new CommandError(
      'NOT_ALLOWED',
      `Cannot ${action} a saga that is ${row.status}; only a stuck one waits for that.`,
    );
  }
  if (row.style === 'choreography' && action !== 'retry') {
    return new CommandError(
      'NOT_ALLOWED',
      `Cannot ${action} a choreographed saga: its services would go on reacting. Retry it instead.`,
    );
  }
  return undefined;
}

async function apply(tx: Tx, operation: Operation): Promise<void> {
  const { sagaId, action, reason, actor, expectedSeq, input } = operation;
  const event: SagaEvent = {
    type: 'OperatorActed',
    data: { action, reason, ...(input !== undefined && { input }) },
  };
  const log = await tx.query<EventRow>(
    `select ${eventColumns} from saga.event where saga_id = $1 order by seq`,
    [sagaId],
  );
  const state = evolve(log.map(recorded).reduce<SagaState>(evolve, initialState), event);
  await Promise.all([
    tx.query(
      `update saga.instance
          set fence = fence + 1, seq = $2, status = $3, summary = $4::text::jsonb,
              updated_at = clock_timestamp()
        where id = $1`,
      [sagaId, state.seq, state.phase.status, JSON.stringify(summarise(state))],
    ),
    tx.query(
      `insert into saga.event (saga_id, seq, type, data, actor) values ($1, $2, $3, $4::text::jsonb, $5)`,
      [sagaId, expectedSeq + 1, event.type, JSON.stringify(event.data), actor],
    ),
    tx.query(
      `insert into saga.ready (saga_id, run_at, definition_key)
       select id, clock_timestamp(),
              case style when 'choreography' then 'choreography-mail' else definition || '@' || version end
         from saga.instance where id = $1
       on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)`,
      [sagaId],
    ),
    writeAudit(tx, { ...operation, result: 'accepted', seq: expectedSeq + 1 }),
  ]);
}
