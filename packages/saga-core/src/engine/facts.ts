import type { SagaEvent, SagaState } from '../machine/index.ts';
import type { Failure } from '../participant/index.ts';
import type { Letter } from './ports.ts';

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

/** Says that what came of a step cannot be kept; nothing when no step is to blame. */
export function unstorableFact(
  events: readonly SagaEvent[],
  error: Failure,
): SagaEvent | undefined {
  for (const event of events) {
    if (event.type === 'StepDispatched' || event.type === 'StepSucceeded') {
      const { step, attempt } = event;
      return { type: 'OutcomeUnstorable', step, attempt, data: { error } };
    }
  }
  return undefined;
}
