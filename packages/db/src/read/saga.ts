import { evolve, initialState, type SagaState, stepStateOf } from '@counterstep/saga-core/machine';
import { readLogs } from '../store/claim.ts';
import { eventColumns, type EventRow } from '../store/rows.ts';
import { waitOf } from '../store/summary.ts';
import { waitingReason } from '../versions/waiting.ts';
import type { Pool, Queryable } from '../tx/index.ts';
import { cellOf, type InstanceRow, summaryOf } from './sagas.ts';
import { readShapes, type StepShape } from './shape.ts';
import { actionsFor } from './actions.ts';
import type { LogEvent, SagaDetail, StepDetail } from './types.ts';

/** One saga with all that is known of its steps; null when there is none of that id. */
export async function getSaga(pool: Pool, sagaId: string): Promise<SagaDetail | null> {
  // The row first: a log read after it holds at least the row's events, and the rest is cut off.
  const [row] = await pool.query<InstanceRow>('select * from saga.instance where id = $1', [
    sagaId,
  ]);
  if (!row) return null;
  const [logs, shapes, because] = await Promise.all([
    readLogs(pool, [sagaId]),
    readShapes(pool),
    waitingReason(pool, sagaId),
  ]);
  const log = (logs.get(sagaId) ?? []).filter((event) => event.seq <= row.seq);
  const state = log.reduce<SagaState>(evolve, initialState);
  const shape = shapes.get(`${row.definition}@${row.version}`) ?? [];
  return {
    ...summaryOf(row, shapes),
    steps: shape.map((step) => detailOf(step, state, row)),
    owner: row.owner,
    fence: Number(row.fence),
    ...(state.deadlineAt !== undefined && { deadlineAt: state.deadlineAt }),
    ...(because !== undefined && { waitingBecause: because }),
    ...(state.stalled && { stall: state.stalled }),
    logGeneration: row.log_generation,
    actions: actionsFor(row.style, state, shape),
  };
}

export async function hasSaga(db: Queryable, sagaId: string): Promise<boolean> {
  const rows = await db.query('select from saga.instance where id = $1', [sagaId]);
  return rows.length > 0;
}

function detailOf(shape: StepShape, state: SagaState, row: InstanceRow): StepDetail {
  const step = stepStateOf(state, shape.name);
  const { forward, backward } = step;
  const moving = backward && 'error' in backward ? backward : forward;
  const retryAt = backward?.status === 'compensation-waiting' ? backward.retryAt : undefined;
  const wait = forward.status === 'waiting' ? waitOf(forward) : {};
  const { retryAt: forwardRetryAt, ...otherWait } = wait;
  const nextRetryAt = retryAt ?? forwardRetryAt;
  return {
    ...cellOf(shape, row),
    operation: shape.operation,
    ...(shape.counterOperation !== null && { counterOperation: shape.counterOperation }),
    class: shape.class,
    kind: shape.kind,
    stage: shape.stage,
    ...(shape.group && { group: shape.group }),
    attempts: step.attempts,
    compensationAttempts: step.compensationAttempts,
    maxAttempts: shape.maxAttempts,
    maxCompensationAttempts: shape.maxCompensationAttempts,
    timeoutMs: shape.timeoutMs,
    ...(step.request !== undefined && { request: step.request }),
    ...(forward.status === 'succeeded' && { output: forward.output }),
    ...('error' in moving && { error: moving.error }),
    ...(nextRetryAt !== undefined && { nextRetryAt }),
    ...otherWait,
    ...(step.deadlineAt !== undefined && { deadlineAt: step.deadlineAt }),
    ...(step.byHand && { byHand: step.byHand }),
  };
}

/** The log of one saga after a sequence, in order. */
export async function readEvents(db: Queryable, sagaId: string, afterSeq = 0): Promise<LogEvent[]> {
  const rows = await db.query<EventRow>(
    `select ${eventColumns} from saga.event where saga_id = $1 and seq > $2 order by seq`,
    [sagaId, afterSeq],
  );
  return rows.map(({ seq, type, step, attempt, data, actor, at, message_id: messageId }) => ({
    seq,
    type,
    ...(step !== null && { step }),
    ...(attempt !== null && { attempt }),
    data,
    actor,
    at: at.toISOString(),
    ...(messageId !== null && { messageId }),
  }));
}

/** When a saga was retired, its log with it; undefined for one that is there or never was. */
export async function readRetiredAt(db: Queryable, sagaId: string): Promise<string | undefined> {
  const [row] = await db.query<{ at: Date }>(
    'select retired_at as at from saga.retired where saga_id = $1',
    [sagaId],
  );
  return row?.at.toISOString();
}

/** Rises when a saga's log is written anew; undefined without such a saga. */
export async function readLogGeneration(
  db: Queryable,
  sagaId: string,
): Promise<number | undefined> {
  const [row] = await db.query<{ generation: number }>(
    'select log_generation as generation from saga.instance where id = $1',
    [sagaId],
  );
  return row?.generation;
}
