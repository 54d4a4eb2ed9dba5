import type { Failure } from '../participant/index.ts';
import type { SagaEvent } from './event.ts';
import { hasNoEffect, type StepState } from './state.ts';

type StepEvent = Exclude<
  Extract<SagaEvent, { step: string; attempt: number }>,
  { type: 'PivotCommitted' | 'SignalReceived' }
>;

/** Folds a fact about one step into that step; returns the same object when it no longer matters. */
export function foldStep(step: StepState, event: StepEvent): StepState {
  switch (event.type) {
    case 'StepDispatched': {
      const { generation, request, deadlineAt } = event.data;
      return {
        ...step,
        forward: { status: 'dispatched' },
        attempts: event.attempt,
        recoveries: 0,
        generation,
        request,
        ...(deadlineAt !== undefined && { deadlineAt }),
      };
    }
    case 'TimerSet':
      return {
        ...step,
        forward: { status: 'waiting', for: 'timer', fireAt: event.data.fireAt },
        attempts: event.attempt,
      };
    case 'SignalAwaited':
      return {
        ...step,
        forward: { status: 'waiting', for: 'signal', until: event.data.until },
        attempts: event.attempt,
      };
    case 'TimerFired':
      return foldTimer(step, event.data.timer);
    case 'StepSucceeded':
      if (step.forward.status === 'succeeded') return step;
      return {
        ...settled(step, event),
        forward: { status: 'succeeded', output: event.data.output },
        inDoubt: false,
        spent: 0,
      };
    case 'StepFailed': {
      const { failure, error } = event.data;
      if (step.forward.status === 'succeeded') return step;
      if (hasNoEffect(step) && failure === 'transient') return step;
      return {
        ...settled(step, event),
        forward: { status: 'failed', failure, error },
        inDoubt: step.inDoubt && failure === 'transient',
        spent: step.spent + 1,
      };
    }
    case 'StepOutcomeUnknown':
    case 'OutcomeUnstorable': {
      // Also a "no" is known for good, though the call that brought it about may not have heard it.
      if (step.forward.status === 'succeeded' || hasNoEffect(step)) return step;
      const { error } = event.data;
      const unstorable = event.type === 'OutcomeUnstorable' && ({ unstorable: true } as const);
      return {
        ...step,
        forward: { status: 'unknown', error, ...unstorable },
        attempts: Math.max(step.attempts, event.attempt),
        inDoubt: true,
        spent: step.spent + 1,
      };
    }
    case 'RetryScheduled':
      return scheduleRetry(step, event);
    case 'CompensationDispatched':
      return {
        ...step,
        backward: { status: 'compensating' },
        compensationAttempts: event.attempt,
        recoveries: 0,
        compensationRequest: event.data.request,
      };
    case 'StepCompensated':
      return {
        ...step,
        backward: { status: event.data.effect === 'applied' ? 'compensated' : 'null-compensated' },
        compensationAttempts: Math.max(step.compensationAttempts, event.attempt),
        inDoubt: false,
      };
    case 'CompensationFailed':
      if (isUndone(step)) return step;
      return {
        ...step,
        backward: { status: 'compensation-failed', error: event.data.error },
        compensationAttempts: Math.max(step.compensationAttempts, event.attempt),
        spent: step.spent + 1,
      };
  }
}

/** What an authoritative word about the action has in common, whoever it came from. */
function settled(
  step: StepState,
  { attempt, data }: Extract<StepEvent, { type: 'StepSucceeded' | 'StepFailed' }>,
): StepState {
  return {
    ...step,
    attempts: Math.max(step.attempts, attempt),
    ...(data.byHand && { byHand: true }),
  };
}

/** `deadline` ends the retries; what the last attempt left, an error or a doubt, stays. */
function foldTimer(step: StepState, timer: 'sleep' | 'signal' | 'deadline'): StepState {
  const { forward } = step;
  if (forward.status !== 'waiting') return step;
  if (timer !== 'deadline') return { ...step, forward: { status: 'succeeded', output: null } };
  if (forward.for !== 'retry') return step;
  const error = deadlinePassed(forward.error);
  return step.inDoubt
    ? { ...step, forward: { status: 'unknown', error } }
    : { ...step, forward: { status: 'failed', failure: 'transient', error } };
}

function deadlinePassed(last: Failure): Failure {
  return {
    code: 'STEP_DEADLINE',
    message: `The step's deadline has passed. Last error: ${last.message}`,
  };
}

function scheduleRetry(
  step: StepState,
  event: Extract<SagaEvent, { type: 'RetryScheduled' }>,
): StepState {
  const { runAt: retryAt, direction } = event.data;
  if (direction === 'compensation') {
    if (step.backward?.status !== 'compensation-failed') return step;
    const { error } = step.backward;
    return { ...step, backward: { status: 'compensation-waiting', retryAt, error } };
  }
  const { forward } = step;
  if (forward.status !== 'failed' && forward.status !== 'unknown') return step;
  if (hasNoEffect(step)) return step;
  const { error } = forward;
  return { ...step, forward: { status: 'waiting', for: 'retry', retryAt, error } };
}

function isUndone(step: StepState): boolean {
  const status = step.backward?.status;
  return status === 'compensated' || status === 'null-compensated';
}
