import {
  evolve,
  initialState,
  isTerminal,
  type SagaState,
  stepStateOf,
} from '@counterstep/saga-core/machine';
import { readLogs } from '../store/claim.ts';
import { eventColumns, type EventRow } from '../store/rows.ts';
import type { Pool, Queryable } from '../tx/index.ts';
import { cellOf, type InstanceRow, summaryOf } from './sagas.ts';
import { readShapes, type StepShape } from './shape.ts';
import type { ActionName, LogEvent, SagaDetail, StepDetail } from './types.ts';

/** One saga with all that is known of its steps; null when there is none of that id. */
export async function getSaga(pool: Pool, sagaId: string): Promise<SagaDetail | null> {
  // The row first: a log read after it holds at least the row's events, and the rest is cut off.
  const [row] = await pool.query<InstanceRow>('select * from saga.instance where id = $1', [
    sagaId,
  ]);
  if (!row) return null;
  const [logs, shapes] = await Promise.all([readLogs(pool, [sagaId]), readShapes(pool)]);
  const log = (logs.get(sagaId) ?? []).filter((event) => event.seq <= row.seq);
  const state = log.reduce<SagaState>(evolve, initialState);
  const shape = shapes.get(`${row.definition}@${row.version}`) ?? [];
  return {
    ...summaryOf(row, shapes),
    steps: shape.map((step) => detailOf(step, state, row)),
    owner: row.owner,
    fence: Number(row.fence),
    actions: actionsFor(row, state, shape.find((step) => step.class === 'pivot')?.name),
  };
}

function detailOf(shape: StepShape, state: SagaState, row: InstanceRow): StepDetail {
  const step = stepStateOf(state, shape.name);
  const { forward, backward } = step;
  const moving = backward && 'error' in backward ? backward : forward;
  const retryAt = backward?.status === 'compensation-waiting' ? backward.retryAt : undefined;
  const nextRetryAt = retryAt ?? (forward.status === 'waiting' ? forward.retryAt : undefined);
  return {
    ...cellOf(shape, row),
    operation: shape.operation,
    ...(shape.counterOperation !== null && { counterOperation: shape.counterOperation }),
    class: shape.class,
    attempts: step.attempts,
    compensationAttempts: step.compensationAttempts,
    maxAttempts: shape.maxAttempts,
    maxCompensationAttempts: shape.maxCompensationAttempts,
    timeoutMs: shape.timeoutMs,
    ...(step.request !== undefined && { request: step.request }),
    ...(forward.status === 'succeeded' && { output: forward.output }),
    ...('error' in moving && { error: moving.error }),
    ...(nextRetryAt !== undefined && { nextRetryAt }),
  };
}

function actionsFor(
  row: InstanceRow,
  state: SagaState,
  pivot: string | undefined,
): SagaDetail['actions'] {
  const { status, style } = row;
  const isBackward = status === 'stuck' && row.summary.direction === 'compensation';
  const isPivotStuck = state.phase.status === 'stuck' && state.phase.step === pivot && !isBackward;
  const isPast =
    status === 'committed' || (state.phase.status === 'stuck' && state.phase.from === 'committed');
  const because = (action: ActionName): string | undefined => {
    if (isTerminal(status)) return `It is ${status}.`;
    switch (action) {
      case 'retry':
        return status === 'stuck' ? undefined : 'Only a stuck saga waits for a retry.';
      case 'skip':
      case 'resolve':
        if (action === 'skip' && isPivotStuck) return 'A pivot cannot be skipped.';
        if (style === 'choreography') return 'Its services would go on reacting by themselves.';
        return status === 'stuck' ? undefined : 'Only a stuck saga can be settled by hand.';
      case 'cancel':
        if (isPast) return 'It is past its point of no return.';
        if (status === 'compensating' || isBackward) return 'It is already walking back.';
        return state.cancel && !state.cancel.refused ? 'A cancel is under way.' : undefined;
      case 'pause':
        if (style === 'choreography') return 'It has no coordinator that could pause it.';
        if (status === 'stuck') return 'It waits for you already.';
        return state.paused ? 'It is paused.' : undefined;
      case 'resume':
        return state.paused ? undefined : 'It is not paused.';
      case 'takeOver':
        return style === 'choreography'
          ? 'Taking over comes with a later version.'
          : 'It is orchestrated already.';
    }
  };
  return (['retry', 'skip', 'resolve', 'cancel', 'pause', 'resume'] as const).map((action) => {
    const disabledBecause = because(action);
    return disabledBecause === undefined ? { action } : { action, disabledBecause };
  });
}

/** The log of one saga after a sequence, in order. */
export async function readEvents(db: Queryable, sagaId: string, afterSeq = 0): Promise<LogEvent[]> {
  const rows = await db.query<EventRow>(
    `select ${eventColumns} from saga.event where saga_id = $1 and seq > $2 order by seq`,
    [sagaId, afterSeq],
  );
  return rows.map(({ seq, type, step, attempt, data, actor, at }) => ({
    seq,
    type,
    ...(step !== null && { step }),
    ...(attempt !== null && { attempt }),
    data,
    actor,
    at: at.toISOString(),
  }));
}
