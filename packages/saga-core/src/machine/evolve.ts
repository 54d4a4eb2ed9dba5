import type { SagaEvent } from './event.ts';
import { type Phase, type SagaState, type StepState, stepStateOf } from './state.ts';

/**
 * Folds one fact into the state. Total: a fact that no longer matters (a late reply, a copy) leaves
 * everything but the sequence as it was.
 */
export function evolve(state: SagaState, event: SagaEvent): SagaState {
  return { ...fold(state, event), seq: state.seq + 1 };
}

function fold(state: SagaState, event: SagaEvent): SagaState {
  switch (event.type) {
    case 'SagaAccepted':
      return { ...state, input: event.data.input };
    case 'SagaClaimed':
      return withRecoveries(state);
    case 'CompensationStarted':
      return {
        ...inPhase(state, { status: 'compensating' }),
        turnReason: event.data.reason,
        // The way back has a budget of its own.
        steps: mapSteps(state, (step) => ({ ...step, spent: 0 })),
      };
    case 'CancelRequested':
      return { ...state, cancel: { reason: event.data.reason, refused: false } };
    case 'CancelRefused':
      return { ...state, cancel: { reason: event.data.reason, refused: true } };
    case 'SagaPaused':
      return { ...state, paused: true };
    case 'SagaResumed':
      return { ...state, paused: false };
    case 'SagaStuck': {
      const { status } = state.phase;
      const { resolving: _givenUp, ...rest } = state;
      const from = status === 'committed' || status === 'compensating' ? status : 'running';
      const { step } = event.data;
      const unsettled = { ...stepStateOf(state, step), skipped: false };
      return withStep(inPhase(rest, { status: 'stuck', ...event.data, from }), step, unsettled);
    }
    case 'OperatorActed':
      return operate(state, event);
    case 'SagaCompleted':
      return inPhase(state, { status: 'completed' });
    case 'SagaCompensated':
      return inPhase(state, { status: 'compensated' });
    case 'SagaResolved':
      return inPhase(state, { status: 'resolved' });
    default:
      return foldStep(state, event);
  }
}

type StepEvent = Extract<SagaEvent, { step: string; attempt: number }>;

function foldStep(state: SagaState, event: StepEvent): SagaState {
  const step = stepStateOf(state, event.step);
  switch (event.type) {
    case 'StepDispatched': {
      const { generation, request } = event.data;
      const begun = withStep(state, event.step, {
        ...step,
        forward: { status: 'dispatched' },
        attempts: event.attempt,
        recoveries: 0,
        generation,
        request,
      });
      return begun.phase.status === 'pending' ? inPhase(begun, { status: 'running' }) : begun;
    }
    case 'StepSucceeded':
      return withStep(state, event.step, {
        ...step,
        forward: { status: 'succeeded', output: event.data.output },
        attempts: Math.max(step.attempts, event.attempt),
        inDoubt: false,
        spent: 0,
      });
    case 'StepFailed': {
      if (step.forward.status === 'succeeded') return state;
      const authoritative = event.data.failure !== 'transient';
      return withStep(state, event.step, {
        ...step,
        forward: { status: 'failed', failure: event.data.failure, error: event.data.error },
        attempts: Math.max(step.attempts, event.attempt),
        inDoubt: step.inDoubt && !authoritative,
        spent: step.spent + 1,
      });
    }
    case 'StepOutcomeUnknown':
      if (step.forward.status === 'succeeded') return state;
      return withStep(state, event.step, {
        ...step,
        forward: { status: 'unknown', error: event.data.error },
        attempts: Math.max(step.attempts, event.attempt),
        inDoubt: true,
        spent: step.spent + 1,
      });
    case 'RetryScheduled':
      return withStep(state, event.step, scheduleRetry(step, event));
    case 'PivotCommitted':
      return inPhase(state, { status: 'committed' });
    case 'CompensationDispatched':
      return withStep(state, event.step, {
        ...step,
        backward: { status: 'compensating' },
        compensationAttempts: event.attempt,
        recoveries: 0,
        compensationRequest: event.data.request,
      });
    case 'StepCompensated':
      return withStep(state, event.step, {
        ...step,
        backward: { status: event.data.effect === 'applied' ? 'compensated' : 'null-compensated' },
        compensationAttempts: Math.max(step.compensationAttempts, event.attempt),
        inDoubt: false,
      });
    case 'CompensationFailed':
      if (isUndone(step)) return state;
      return withStep(state, event.step, {
        ...step,
        backward: { status: 'compensation-failed', error: event.data.error },
        compensationAttempts: Math.max(step.compensationAttempts, event.attempt),
        spent: step.spent + 1,
      });
  }
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
  return { ...step, forward: { status: 'waiting', retryAt, error: forward.error } };
}

/** An operator's act on a stuck saga returns it to where it was, with the culprits' budgets restored. */
function operate(
  state: SagaState,
  event: Extract<SagaEvent, { type: 'OperatorActed' }>,
): SagaState {
  const { phase } = state;
  if (phase.status !== 'stuck') return state;
  const { action, reason, input } = event.data;
  const back = inPhase(state, { status: phase.from });
  if (action === 'resolve') return { ...back, resolving: { reason } };

  if (phase.direction === 'compensation') {
    return {
      ...back,
      steps: mapSteps(state, (step) => {
        if (step.backward?.status !== 'compensation-failed') return step;
        if (action === 'skip') return { ...step, backward: { status: 'compensation-skipped' } };
        const { backward: _failed, ...rest } = step;
        return { ...rest, spent: 0 };
      }),
    };
  }
  const step = stepStateOf(state, phase.step);
  if (step.forward.status === 'succeeded') return back;
  if (action === 'skip') return withStep(back, phase.step, { ...step, skipped: true });
  const { request: sent, ...rest } = step;
  const retried: StepState = {
    ...rest,
    // A request that was rejected or replaced is built anew; one in doubt must go out unchanged.
    ...(sent !== undefined && step.inDoubt && input === undefined && { request: sent }),
    forward: { status: 'pending' },
    generation: step.generation + 1,
    spent: 0,
  };
  return withStep(input === undefined ? back : { ...back, input }, phase.step, retried);
}

/** Intents without outcome will be sent again by the new owner. */
function withRecoveries(state: SagaState): SagaState {
  return {
    ...state,
    steps: mapSteps(state, (step) =>
      step.forward.status === 'dispatched' || step.backward?.status === 'compensating'
        ? { ...step, recoveries: step.recoveries + 1 }
        : step,
    ),
  };
}

function isUndone(step: StepState): boolean {
  const status = step.backward?.status;
  return status === 'compensated' || status === 'null-compensated';
}

function inPhase(state: SagaState, phase: Phase): SagaState {
  return { ...state, phase };
}

function withStep(state: SagaState, name: string, step: StepState): SagaState {
  const dispatched = state.dispatched.includes(name)
    ? state.dispatched
    : [...state.dispatched, name];
  return { ...state, dispatched, steps: { ...state.steps, [name]: step } };
}

function mapSteps(state: SagaState, change: (step: StepState) => StepState): SagaState['steps'] {
  return Object.fromEntries(
    Object.entries(state.steps).map(([name, step]) => [name, change(step)]),
  );
}
