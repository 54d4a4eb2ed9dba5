import {
  evolve,
  type SagaEvent,
  takeOverRefusal as refusalOf,
} from '@counterstep/saga-core/machine';
import { summarise } from '../store/summary.ts';
import { jsonLines, type Pool, type Tx } from '../tx/index.ts';
import { writeAudit } from './audit.ts';
import { conflictOf, type DefinitionOf, type Operated } from './check-operation.ts';
import { CommandError } from './errors.ts';
import { lockOperated } from './lock-operated.ts';

export interface TakeOver {
  readonly sagaId: string;
  readonly reason: string;
  readonly actor: string;
  /** Sequence that the operator has seen; refused if the log has grown. */
  readonly expectedSeq: number;
}

/** Nothing gives a saga back to its services, so one is enough. */
const epoch = 1;

/**
 * Hands a choreographed saga to the orchestrator, on the same log and the same keys. Durable with this
 * call; the worker that claims the saga first fences it at every service, takes over what they have
 * done, and goes on from there, forward or back. From this commit on the tracker leaves the saga alone.
 *
 * @throws CommandError NOT_FOUND; CONFLICT when the log has grown; NOT_ALLOWED for a saga that has ended
 * or that has a coordinator; BAD_INPUT when no definition is known here to go on by
 */
export async function takeOver(
  pool: Pool,
  definitionOf: DefinitionOf,
  request: TakeOver,
): Promise<void> {
  const error = await pool.transaction(async (tx) => {
    const saga = await lockOperated(tx, request.sagaId);
    const refusal = check(saga, definitionOf, request);
    if (!refusal) {
      await apply(tx, saga, request);
      return undefined;
    }
    const { sagaId, actor, reason } = request;
    const result = `refused: ${refusal.message}`;
    await writeAudit(tx, { sagaId, action: 'takeOver', actor, reason, result });
    return refusal;
  });
  if (error) throw error;
  await pool.query(`select pg_notify('counterstep', 'ready')`);
}

function check(
  saga: Operated,
  definitionOf: DefinitionOf,
  { expectedSeq }: TakeOver,
): CommandError | undefined {
  const refusal = refusalOf(saga.style, saga.state);
  if (refusal !== undefined) {
    return new CommandError('NOT_ALLOWED', `The saga cannot be taken over. ${refusal}`);
  }
  const conflict = conflictOf(saga, expectedSeq);
  if (conflict) return conflict;
  return definitionOf(saga.definition, saga.version)
    ? undefined
    : new CommandError(
        'BAD_INPUT',
        `sagaId: no definition ${saga.definition}@${saga.version} is known here to go on by.`,
      );
}

async function apply(
  tx: Tx,
  { state: before, seq }: Operated,
  { sagaId, reason, actor }: TakeOver,
): Promise<void> {
  const event: SagaEvent = { type: 'SagaTakenOver', data: { epoch, reason } };
  const state = evolve(before, event);
  await Promise.all([
    tx.query(
      `update saga.instance
          set epoch = $2, fence = fence + 1, seq = $3, summary = $4::text::json, stalled = false,
              updated_at = clock_timestamp()
        where id = $1`,
      [sagaId, epoch, state.seq, jsonLines([summarise(state)])],
    ),
    tx.query(
      `insert into saga.event (saga_id, seq, type, data, actor) values ($1, $2, $3, $4::text::json, $5)`,
      [sagaId, seq + 1, event.type, jsonLines([event.data]), actor],
    ),
    // Letters that the tracker was to read are the orchestrator's now.
    tx.query(
      `insert into saga.ready (saga_id, run_at, definition_key)
       select id, clock_timestamp(), definition || '@' || version from saga.instance where id = $1
       on conflict (saga_id) do update
          set run_at = excluded.run_at, definition_key = excluded.definition_key`,
      [sagaId],
    ),
    tx.query('delete from saga.held_message where saga_id = $1', [sagaId]),
    writeAudit(tx, {
      sagaId,
      action: 'takeOver',
      actor,
      reason,
      result: 'accepted',
      seq: seq + 1,
    }),
  ]);
}
