import type { EventOf } from './event.ts';
import { hasNoEffect, type SagaState, type StepState, untouchedStep } from './state.ts';

/** From here on the saga has a coordinator, who first has to tell the services. */
export function foldTakenOver(
  state: SagaState,
  { data: { epoch } }: EventOf<'SagaTakenOver'>,
): SagaState {
  return { ...state, takeover: { epoch, fenced: false } };
}

/**
 * No message that was sent before can have an effect any more. So what nobody has authoritatively said
 * is as if it had never been sent; what the services have stored follows as facts of its own.
 */
export function foldFenced(
  state: SagaState,
  { data: { epoch, generations } }: EventOf<'ServicesFenced'>,
): SagaState {
  const names = new Set([...Object.keys(state.steps), ...Object.keys(generations)]);
  const steps = [...names].map((name): [string, StepState] => {
    const step = forget(state.steps[name] ?? untouchedStep);
    return [name, { ...step, generation: Math.max(step.generation, generations[name] ?? 1) }];
  });
  const { phase } = state;
  return {
    ...state,
    phase: phase.status === 'stuck' ? { status: phase.from } : phase,
    steps: Object.fromEntries(steps),
    takeover: { epoch, fenced: true },
  };
}

function forget(step: StepState): StepState {
  const {
    backward,
    request: _built,
    compensationRequest: _builtToo,
    deadlineAt: _past,
    ...rest
  } = step;
  const isKnown = step.forward.status === 'succeeded' || hasNoEffect(step);
  const isUndone = backward?.status === 'compensated' || backward?.status === 'null-compensated';
  return {
    ...rest,
    forward: isKnown ? step.forward : { status: 'pending' },
    ...(isUndone && { backward }),
    spent: 0,
    recoveries: 0,
    inDoubt: false,
  };
}
