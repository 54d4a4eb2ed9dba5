import type { SagaEvent } from './event.ts';
import { type SagaState, type StepState, stepStateOf, type Verdict } from './state.ts';

type Acted = Extract<SagaEvent, { type: 'OperatorActed' }>;

/** An operator's act on a stuck saga returns it to where it was; elsewhere it changes nothing. */
export function foldOperator(state: SagaState, { data }: Acted): SagaState {
  const { phase } = state;
  if (phase.status !== 'stuck') return state;
  const back: SagaState = { ...state, phase: { status: phase.from } };
  if (data.action === 'resolve') return { ...back, resolving: { reason: data.reason } };
  return phase.direction === 'compensation'
    ? actBackward(back, data)
    : actForward(back, phase.step, data);
}

/** All counter-steps that have failed for good are meant. */
function actBackward(state: SagaState, { action }: Acted['data']): SagaState {
  const steps = Object.entries(state.steps).map(([name, step]): [string, StepState] => {
    if (step.backward?.status !== 'compensation-failed') return [name, step];
    if (action === 'skip' || action === 'settle') {
      return [name, { ...step, backward: { status: 'compensation-skipped' } }];
    }
    const { backward: _failed, ...rest } = step;
    return [name, { ...rest, spent: 0 }];
  });
  return { ...state, steps: Object.fromEntries(steps) };
}

function actForward(state: SagaState, name: string, data: Acted['data']): SagaState {
  const step = stepStateOf(state, name);
  if (step.forward.status === 'succeeded') return state;
  const withStep = (changed: StepState): SagaState => ({
    ...state,
    steps: { ...state.steps, [name]: changed },
  });
  switch (data.action) {
    case 'skip':
      return withStep({ ...step, skipped: true });
    case 'settle':
      return withStep({ ...step, verdict: verdictOf(data) });
    case 'compensate':
      return {
        ...withStep({ ...step, verdict: { as: 'not-done' } }),
        forced: { reason: data.reason },
      };
    case 'retry':
    case 'resolve': {
      const { input } = data;
      const { deadlineAt: _passed, ...retried } = withStep(retry(step, input !== undefined));
      return input === undefined ? retried : { ...retried, input };
    }
  }
}

function verdictOf({ as, output }: Acted['data']): Verdict {
  return as === 'done' ? { as, output: output ?? null } : { as: 'not-done' };
}

/** A new budget and no deadlines: an operator has decided that it is worth another try. */
function retry(step: StepState, isCorrected: boolean): StepState {
  const { request: sent, deadlineAt: _passed, ...rest } = step;
  return {
    ...rest,
    // A request that was rejected or replaced is built anew; one in doubt must go out unchanged.
    ...(sent !== undefined && step.inDoubt && !isCorrected && { request: sent }),
    forward: { status: 'pending' },
    generation: step.generation + 1,
    spent: 0,
  };
}
