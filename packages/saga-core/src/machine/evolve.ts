import type { SagaEvent } from './event.ts';
import { foldOperator } from './evolve-operator.ts';
import { foldStep } from './evolve-step.ts';
import { foldFenced, foldTakenOver } from './evolve-takeover.ts';
import { type Phase, type SagaState, type StepState, stepStateOf } from './state.ts';

/**
 * Folds one fact into the state. Total: a fact that no longer matters (a late reply, a copy) leaves
 * everything but the sequence as it was.
 */
export function evolve(state: SagaState, event: SagaEvent): SagaState {
  return { ...fold(state.stalled ? heard(state) : state, event), seq: state.seq + 1 };
}

/** Whatever comes ends the alarm: it is raised anew where it has to be. */
function heard({ stalled: _over, ...state }: SagaState): SagaState {
  return state;
}

function fold(state: SagaState, event: SagaEvent): SagaState {
  switch (event.type) {
    case 'SagaAccepted': {
      const { input, deadlineAt } = event.data;
      return { ...state, input, ...(deadlineAt !== undefined && { deadlineAt }) };
    }
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
    case 'SagaPaused': {
      const { at } = event.data;
      if (state.paused) return state;
      return { ...state, paused: true, ...(at !== undefined && { pausedAt: at }) };
    }
    case 'SagaResumed':
      return resume(state, event.data.at);
    case 'SagaStuck':
      return stick(state, event);
    case 'OperatorActed':
      return foldOperator(state, event);
    case 'SagaTakenOver':
      return foldTakenOver(state, event);
    case 'ServicesFenced':
      return foldFenced(state, event);
    case 'SagaStalled':
      return { ...state, stalled: event.data };
    case 'SagaCompleted':
      return inPhase(state, { status: 'completed' });
    case 'SagaCompensated':
      return inPhase(state, { status: 'compensated' });
    case 'SagaResolved':
      return inPhase(state, { status: 'resolved' });
    case 'PivotCommitted':
      return inPhase(state, { status: 'committed' });
    case 'SignalReceived':
      return receive(state, event.step, event.data.payload);
    case 'SignalAwaited': {
      const early = Object.hasOwn(state.signals, event.step)
        ? state.signals[event.step]
        : undefined;
      const begun = withStep(state, event.step, foldStep(stepStateOf(state, event.step), event));
      return early === undefined
        ? begunPhase(begun)
        : receive(begunPhase(begun), event.step, early);
    }
    case 'StepDispatched':
    case 'TimerSet':
      return begunPhase(
        withStep(state, event.step, foldStep(stepStateOf(state, event.step), event)),
      );
    case 'StepSucceeded':
    case 'StepFailed':
    case 'StepOutcomeUnknown':
    case 'OutcomeUnstorable':
    case 'RetryScheduled':
    case 'TimerFired':
    case 'CompensationDispatched':
    case 'StepCompensated':
    case 'CompensationFailed': {
      const before = stepStateOf(state, event.step);
      const after = foldStep(before, event);
      return after === before ? state : withStep(state, event.step, after);
    }
  }
}

function stick(state: SagaState, { data }: Extract<SagaEvent, { type: 'SagaStuck' }>): SagaState {
  const { status } = state.phase;
  // Whatever an operator had said before has not sufficed: the next word counts.
  const { resolving: _ended, forced: _forced, ...rest } = state;
  const { verdict: _said, ...step } = stepStateOf(state, data.step);
  const from = state.phase.status === 'stuck' ? state.phase.from : comingFrom(status);
  const stuck = inPhase(rest, { status: 'stuck', ...data, from });
  return withStep(stuck, data.step, { ...step, skipped: false });
}

const comingFrom = (status: Phase['status']): 'running' | 'committed' | 'compensating' =>
  status === 'committed' || status === 'compensating' ? status : 'running';

/** While a saga pauses its deadlines, and limits of signals, stand still: they move by as long. */
function resume(state: SagaState, at: string | undefined): SagaState {
  const { pausedAt, ...rest } = state;
  const resumed = { ...rest, paused: false };
  if (pausedAt === undefined || at === undefined) return resumed;
  const ms = Math.max(0, Date.parse(at) - Date.parse(pausedAt));
  const later = (time: string) => new Date(Date.parse(time) + ms).toISOString();
  const { deadlineAt } = state;
  return {
    ...resumed,
    ...(deadlineAt !== undefined && { deadlineAt: later(deadlineAt) }),
    steps: mapSteps(state, (step) => ({
      ...step,
      ...(step.deadlineAt !== undefined && { deadlineAt: later(step.deadlineAt) }),
      forward: patient(step.forward, later),
    })),
  };
}

/** Nobody could be heard meanwhile; a sleep, though, ends at its time. */
function patient(forward: StepState['forward'], later: (time: string) => string) {
  const isLimited =
    forward.status === 'waiting' && forward.for === 'signal' && forward.until !== null;
  return isLimited ? { ...forward, until: later(forward.until ?? '') } : forward;
}

/** A signal is taken by the step that waits for it, or kept for the step to come. The first one counts. */
function receive(state: SagaState, name: string, payload: SagaState['input']): SagaState {
  const step = stepStateOf(state, name);
  if (step.forward.status === 'pending') {
    return Object.hasOwn(state.signals, name)
      ? state
      : { ...state, signals: { ...state.signals, [name]: payload } };
  }
  if (step.forward.status !== 'waiting' || step.forward.for !== 'signal') return state;
  const { [name]: _taken, ...signals } = state.signals;
  const forward = { status: 'succeeded', output: payload } as const;
  return withStep({ ...state, signals }, name, { ...step, forward });
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

function begunPhase(state: SagaState): SagaState {
  return state.phase.status === 'pending' ? inPhase(state, { status: 'running' }) : state;
}

function inPhase(state: SagaState, phase: Phase): SagaState {
  return { ...state, phase };
}

function withStep(state: SagaState, name: string, step: StepState): SagaState {
  const dispatched = state.dispatched.includes(name)
    ? state.dispatched
    : [...state.dispatched, name];
  // Not `{ ...state.steps, [name]: step }`: a copy that gets one name more takes fifteen times as long.
  const steps: Record<string, StepState> = {};
  for (const [other, itsState] of Object.entries(state.steps)) steps[other] = itsState;
  steps[name] = step;
  return { ...state, dispatched, steps };
}

function mapSteps(state: SagaState, change: (step: StepState) => StepState): SagaState['steps'] {
  return Object.fromEntries(
    Object.entries(state.steps).map(([name, step]) => [name, change(step)]),
  );
}
