import { type StepDefinition, type Work, workName } from '../definition/index.ts';
import { type Failure, type Json, toStorable } from '../participant/index.ts';
import { type Due, record } from './due.ts';
import type { SagaEvent } from './event.ts';
import { resultsOf, type SagaState, type StepState, stepStateOf, type Waiting } from './state.ts';

/** New owners of one attempt before it counts as lost for good. */
export const recoveriesMax = 20;

/** The next attempt of an action, or the failure to say what it is; of a wait, its beginning. */
export function begin(state: SagaState, step: StepDefinition, now: string): Due {
  const current = stepStateOf(state, step.name);
  const { name, action, deadlineMs } = step;
  if (action.kind === 'sleep' || action.kind === 'signal') return beginWait(state, step, now);
  const attempt = current.attempts + 1;
  let request: Json;
  try {
    request = current.request ?? requestOf(action, state);
  } catch (error) {
    return record(failedBefore(current, name, attempt, error));
  }
  const data = {
    operation: workName(action, name),
    generation: current.generation,
    request,
    ...(deadlineMs !== undefined && {
      deadlineAt: current.deadlineAt ?? timeAfter(now, deadlineMs),
    }),
  };
  return record({ type: 'StepDispatched', step: name, attempt, data });
}

/** The next attempt of a counter-step. */
export function beginUndo(state: SagaState, step: StepDefinition, current: StepState): Due {
  const attempt = current.compensationAttempts + 1;
  const { name, compensation } = step;
  if (!compensation) throw new Error(`Step "${name}" has no counter-step.`);
  try {
    const request = current.compensationRequest ?? requestOf(compensation, state);
    const data = { operation: workName(compensation, `${name}:undo`), request };
    return record({ type: 'CompensationDispatched', step: name, attempt, data });
  } catch (error) {
    const data = { failure: 'business', error: requestFailure(error) } as const;
    return record({ type: 'CompensationFailed', step: name, attempt, data });
  }
}

/** A step that has no effect, but takes its time. */
function beginWait(state: SagaState, step: StepDefinition, now: string): Due {
  const { name, action } = step;
  if (action.kind === 'signal') {
    const { timeoutMs } = action;
    const until = timeoutMs === undefined ? null : timeAfter(now, timeoutMs);
    return record({ type: 'SignalAwaited', step: name, attempt: 1, data: { until } });
  }
  if (action.kind !== 'sleep') throw new Error(`Step "${name}" is no wait.`);
  try {
    const until = action.until(contextOf(state));
    const fireAt = typeof until === 'number' ? timeAfter(now, until) : until.toISOString();
    return record({ type: 'TimerSet', step: name, attempt: 1, data: { fireAt } });
  } catch (error) {
    return record(failedBefore(stepStateOf(state, name), name, 1, error));
  }
}

/** What a wait that is over says; nothing while it lasts. */
export function waitIsOver(
  { name: step, action }: StepDefinition,
  waiting: Exclude<Waiting, { for: 'retry' }>,
  now: string,
): SagaEvent | undefined {
  const until = waiting.for === 'timer' ? waiting.fireAt : waiting.until;
  if (until === null || until > now) return undefined;
  const isRefusal = action.kind === 'signal' && action.onTimeout === 'turn-back';
  if (isRefusal) {
    const data = { failure: 'business', error: noSignal(step) } as const;
    return { type: 'StepFailed', step, attempt: 1, data };
  }
  const timer = waiting.for === 'timer' ? 'sleep' : 'signal';
  return { type: 'TimerFired', step, attempt: 1, data: { timer } };
}

export const lost = (step: string, attempt: number): SagaEvent => ({
  type: 'StepOutcomeUnknown',
  step,
  attempt,
  data: { error: lostFailure },
});

export const undoLost = (step: string, attempt: number): SagaEvent => ({
  type: 'CompensationFailed',
  step,
  attempt,
  data: { failure: 'unknown', error: lostFailure },
});

const lostFailure: Failure = {
  code: 'RECOVERIES_EXHAUSTED',
  message: `${recoveriesMax} workers in a row ended before this attempt was answered.`,
};

/** Code of the rejection that a signal's silence amounts to. */
export const signalTimeout = 'SIGNAL_TIMEOUT';

const noSignal = (step: string): Failure => ({
  code: signalTimeout,
  message: `No signal "${step}" came in time.`,
});

const timeAfter = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

const contextOf = (state: SagaState) => ({
  input: state.input as never,
  results: resultsOf(state) as never,
});

function requestOf(work: Work, state: SagaState): Json {
  return work.kind === 'function' ? null : toStorable(work.request(contextOf(state)));
}

/** Nothing was sent this time; what an earlier attempt may have done is as unknown as before. */
function failedBefore(
  { inDoubt }: StepState,
  step: string,
  attempt: number,
  cause: unknown,
): SagaEvent {
  const error = requestFailure(cause);
  return inDoubt
    ? { type: 'StepOutcomeUnknown', step, attempt, data: { error } }
    : { type: 'StepFailed', step, attempt, data: { failure: 'business', error } };
}

function requestFailure(error: unknown): Failure {
  return {
    code: 'REQUEST_FAILED',
    message: `The request could not be built: ${error instanceof Error ? error.message : String(error)}`,
  };
}
