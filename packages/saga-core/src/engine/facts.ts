import {
  evolve,
  initialState,
  type SagaEvent,
  type SagaState,
  stepStateOf,
} from '../machine/index.ts';
import type { Failure } from '../participant/index.ts';
import type { ClaimedSaga, Letter } from './ports.ts';

/** What a letter says, as a fact of the saga. */
export function factOf(letter: Letter): SagaEvent {
  const { reason, at } = letter;
  switch (letter.kind) {
    case 'cancel':
      return { type: 'CancelRequested', data: { reason } };
    case 'pause':
      return { type: 'SagaPaused', data: { reason, at } };
    case 'resume':
      return { type: 'SagaResumed', data: { reason, at } };
    case 'signal': {
      const { signal: step, payload } = letter;
      return { type: 'SignalReceived', step, attempt: 1, data: { payload } };
    }
  }
}

/** The saga as its log says, or its row, where that is all there is. */
export function stateOfClaim({ log, seq, input, deadlineAt }: ClaimedSaga): SagaState {
  if (log) return log.reduce<SagaState>(evolve, initialState);
  return { ...initialState, seq, input, ...(deadlineAt !== null && { deadlineAt }) };
}

/** Written by whoever owns the saga, and by nobody else. */
export function isByOwner({ type }: SagaEvent): boolean {
  return (
    type === 'StepDispatched' ||
    type === 'CompensationDispatched' ||
    type === 'TimerSet' ||
    type === 'SignalAwaited' ||
    type === 'SagaClaimed'
  );
}

export function hasOpenIntent({ steps }: SagaState): boolean {
  return Object.values(steps).some(
    ({ forward, backward }) =>
      forward.status === 'dispatched' || backward?.status === 'compensating',
  );
}

/**
 * What to write instead of an event that cannot be kept: of an outcome, that it has happened; of an
 * intent, that nothing was sent. Nothing for an event that no step is to blame for.
 */
export function unstorableFact(
  state: SagaState,
  blamed: SagaEvent,
  error: Failure,
): SagaEvent | undefined {
  switch (blamed.type) {
    case 'StepSucceeded': {
      const { step, attempt } = blamed;
      return { type: 'OutcomeUnstorable', step, attempt, data: { error } };
    }
    case 'StepDispatched': {
      const { step, attempt } = blamed;
      return stepStateOf(state, step).inDoubt
        ? { type: 'StepOutcomeUnknown', step, attempt, data: { error } }
        : { type: 'StepFailed', step, attempt, data: { failure: 'business', error } };
    }
    case 'CompensationDispatched': {
      const { step, attempt } = blamed;
      return {
        type: 'CompensationFailed',
        step,
        attempt,
        data: { failure: 'business', error },
      };
    }
    default:
      return undefined;
  }
}
