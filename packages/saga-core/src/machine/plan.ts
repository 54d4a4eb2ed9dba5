import type { SagaShape, StepDefinition } from '../definition/index.ts';
import { asJson, workName } from '../definition/index.ts';
import type { Direction, Failure, Json } from '../participant/index.ts';
import type { SagaEvent } from './event.ts';
import { resultsOf, type SagaState, type StepState, stepStateOf } from './state.ts';

/** What is due now. */
export type Due =
  /** A decision: append the event, evolve, plan again. */
  | { readonly do: 'record'; readonly event: SagaEvent }
  /** An intent is in the log without outcome: carry it out, once the log is durable. */
  | {
      readonly do: 'execute';
      readonly step: string;
      readonly direction: Direction;
      readonly attempt: number;
    }
  /** Nobody knows what came of the action: ask its participant to settle the key. */
  | { readonly do: 'close'; readonly step: string }
  /** Nothing before this time (ISO 8601). */
  | { readonly do: 'wait'; readonly until: string }
  /** Nothing until somebody acts: terminal, stuck or paused. */
  | { readonly do: 'rest' };

/** New owners of one attempt before it counts as lost for good. */
const recoveriesMax = 20;

/**
 * Says what is due for a saga. Pure: the time is an argument.
 * Forward: the first step that is not done decides. Backward: what is owed, last dispatched first.
 */
export function plan(definition: SagaShape, state: SagaState, now: string): Due {
  switch (state.phase.status) {
    case 'pending':
    case 'running':
    case 'committed':
      return state.resolving
        ? planResolution(definition, state)
        : planForward(definition, state, now);
    case 'compensating':
      return state.resolving
        ? planResolution(definition, state)
        : planBackward(definition, state, now);
    case 'stuck':
      return planStuck(definition, state, now);
    case 'completed':
    case 'compensated':
    case 'resolved':
      return { do: 'rest' };
  }
}

const record = (event: SagaEvent): Due => ({ do: 'record', event });

function planForward(definition: SagaShape, state: SagaState, now: string): Due {
  for (const step of definition.steps) {
    const { forward, skipped } = stepStateOf(state, step.name);
    if (forward.status === 'succeeded') {
      if (step.class === 'pivot' && state.phase.status !== 'committed') {
        return record({ type: 'PivotCommitted', step: step.name, attempt: 1, data: {} });
      }
      continue;
    }
    if (skipped && forward.status === 'failed' && forward.failure !== 'transient') continue;
    return planStep(state, step, now);
  }
  if (isCancelOpen(state)) return refuseCancel('The saga has completed.');
  const skipped = definition.steps.filter(({ name }) => stepStateOf(state, name).skipped);
  return skipped.length > 0
    ? record({
        type: 'SagaResolved',
        data: { reason: `skipped ${skipped.map((s) => s.name).join(', ')}` },
      })
    : record({ type: 'SagaCompleted', data: {} });
}

function planStep(state: SagaState, step: StepDefinition, now: string): Due {
  const current = stepStateOf(state, step.name);
  const committed = state.phase.status === 'committed';
  if (isCancelOpen(state) && committed) {
    return refuseCancel('The saga is past its point of no return.');
  }
  const cancelled = isCancelOpen(state);

  switch (current.forward.status) {
    case 'dispatched':
      return current.recoveries > recoveriesMax
        ? record(lost(step.name, current.attempts))
        : { do: 'execute', step: step.name, direction: 'action', attempt: current.attempts };
    case 'pending':
      if (cancelled) return cancel(state);
      return state.paused ? { do: 'rest' } : dispatch(state, step);
    case 'waiting':
      // A pivot that may have committed is settled before anything is undone.
      if (cancelled)
        return step.class === 'pivot' ? { do: 'close', step: step.name } : cancel(state);
      if (state.paused) return { do: 'rest' };
      if (current.forward.retryAt > now) return { do: 'wait', until: current.forward.retryAt };
      return dispatch(state, step);
    case 'failed':
    case 'unknown':
      return planGivenUp(state, step, current);
    case 'succeeded':
      throw new Error(`Step "${step.name}" has succeeded and is not due.`);
  }
}

/** The step has failed for good: by a "no", or because its budget is spent. */
function planGivenUp(state: SagaState, step: StepDefinition, current: StepState): Due {
  const { forward } = current;
  if (forward.status !== 'failed' && forward.status !== 'unknown') {
    throw new Error(`Step "${step.name}" has not failed.`);
  }
  const noEffect = forward.status === 'failed' && forward.failure !== 'transient';
  if (current.skipped) return { do: 'close', step: step.name };
  if (step.class === 'retriable') return stuck('action', step.name, forward.error);
  if (step.class === 'pivot' && !noEffect) return { do: 'close', step: step.name };
  if (isCancelOpen(state)) return cancel(state);
  const kind =
    forward.status === 'failed' && forward.failure === 'business' ? 'rejected' : 'exhausted';
  return turnBack({ kind, step: step.name, error: forward.error });
}

function planBackward(definition: SagaShape, state: SagaState, now: string): Due {
  let failed: { name: string; error: Failure } | undefined;
  let skipped = false;
  for (const name of state.dispatched.toReversed()) {
    const step = definition.steps.find((candidate) => candidate.name === name);
    const current = stepStateOf(state, name);
    if (!step?.compensation || !isOwed(current)) continue;
    const { backward } = current;
    switch (backward?.status) {
      case undefined:
        return state.paused ? { do: 'rest' } : dispatchUndo(state, step, current);
      case 'compensating':
        return current.recoveries > recoveriesMax
          ? record(undoLost(name, current.compensationAttempts))
          : {
              do: 'execute',
              step: name,
              direction: 'compensation',
              attempt: current.compensationAttempts,
            };
      case 'compensation-waiting':
        if (state.paused) return { do: 'rest' };
        if (backward.retryAt > now) return { do: 'wait', until: backward.retryAt };
        return dispatchUndo(state, step, current);
      case 'compensation-failed':
        // Other undos do not depend on this one: they are carried out first.
        failed ??= { name, error: backward.error };
        break;
      case 'compensation-skipped':
        skipped = true;
        break;
      case 'compensated':
      case 'null-compensated':
        break;
    }
  }
  if (failed) return stuck('compensation', failed.name, failed.error);
  return skipped
    ? record({ type: 'SagaResolved', data: { reason: 'a counter-step was skipped' } })
    : record({ type: 'SagaCompensated', data: {} });
}

/** Every action whose outcome is open is closed before an operator's word ends the saga. */
function planResolution(definition: SagaShape, state: SagaState): Due {
  for (const { name, action } of definition.steps) {
    const { forward, backward } = stepStateOf(state, name);
    const open =
      forward.status === 'dispatched' ||
      forward.status === 'waiting' ||
      forward.status === 'unknown' ||
      (forward.status === 'failed' && forward.failure === 'transient');
    if (open && !backward && action.kind === 'operation') return { do: 'close', step: name };
  }
  return record({
    type: 'SagaResolved',
    data: { reason: state.resolving?.reason ?? 'resolved by an operator' },
  });
}

/** A stuck saga waits for an operator; only a cancel moves it by itself, where there still is a way back. */
function planStuck(definition: SagaShape, state: SagaState, now: string): Due {
  const isForward = state.phase.status === 'stuck' && state.phase.direction === 'action';
  if (!isCancelOpen(state) || !isForward) return { do: 'rest' };
  return state.phase.from === 'committed'
    ? refuseCancel('The saga is past its point of no return.')
    : planForward(definition, state, now);
}

/** Every dispatched step is owed, unknown outcomes included, except those known to have no effect. */
function isOwed({ forward, backward }: StepState): boolean {
  if (backward) return true;
  const noEffect = forward.status === 'failed' && forward.failure !== 'transient';
  return forward.status !== 'pending' && !noEffect;
}

function dispatch(state: SagaState, step: StepDefinition): Due {
  const current = stepStateOf(state, step.name);
  const attempt = current.attempts + 1;
  const { action } = step;
  let request: Json;
  try {
    request = current.request ?? requestOf(action, state);
  } catch (error) {
    return record({
      type: 'StepFailed',
      step: step.name,
      attempt,
      data: { failure: 'business', error: requestFailure(error) },
    });
  }
  const operation = workName(action, step.name);
  const { generation } = current;
  return record({
    type: 'StepDispatched',
    step: step.name,
    attempt,
    data: { operation, generation, request },
  });
}

function dispatchUndo(state: SagaState, step: StepDefinition, current: StepState): Due {
  const attempt = current.compensationAttempts + 1;
  const work = step.compensation;
  if (!work) throw new Error(`Step "${step.name}" has no counter-step.`);
  try {
    return record({
      type: 'CompensationDispatched',
      step: step.name,
      attempt,
      data: {
        operation: workName(work, `${step.name}:undo`),
        request: current.compensationRequest ?? requestOf(work, state),
      },
    });
  } catch (error) {
    return record({
      type: 'CompensationFailed',
      step: step.name,
      attempt,
      data: { failure: 'business', error: requestFailure(error) },
    });
  }
}

function requestOf(work: StepDefinition['action'], state: SagaState): Json {
  if (work.kind === 'function') return null;
  const context = { input: state.input as never, results: resultsOf(state) as never };
  return asJson(work.request(context));
}

const isCancelOpen = ({ cancel: asked }: SagaState): boolean =>
  asked !== undefined && !asked.refused;

function cancel(state: SagaState): Due {
  return turnBack({ kind: 'cancelled', reason: state.cancel?.reason ?? '' });
}

const turnBack = (
  reason: Extract<SagaEvent, { type: 'CompensationStarted' }>['data']['reason'],
): Due => record({ type: 'CompensationStarted', data: { reason } });

const refuseCancel = (reason: string): Due => record({ type: 'CancelRefused', data: { reason } });

const stuck = (direction: Direction, step: string, error: Failure): Due =>
  record({ type: 'SagaStuck', data: { direction, step, error } });

const lostFailure: Failure = {
  code: 'RECOVERIES_EXHAUSTED',
  message: `${recoveriesMax} workers in a row ended before this attempt was answered.`,
};

const lost = (step: string, attempt: number): SagaEvent => ({
  type: 'StepOutcomeUnknown',
  step,
  attempt,
  data: { error: lostFailure },
});

const undoLost = (step: string, attempt: number): SagaEvent => ({
  type: 'CompensationFailed',
  step,
  attempt,
  data: { failure: 'unknown', error: lostFailure },
});

function requestFailure(error: unknown): Failure {
  return {
    code: 'REQUEST_FAILED',
    message: `The request could not be built: ${error instanceof Error ? error.message : String(error)}`,
  };
}
