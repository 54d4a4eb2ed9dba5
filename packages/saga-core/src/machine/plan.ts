import type { SagaShape } from '../definition/index.ts';
import { close, type Due, fence, record } from './due.ts';
import { planBackward } from './plan-backward.ts';
import { planForward, planStuck } from './plan-forward.ts';
import { hasNoEffect, isTerminal, type SagaState, stepStateOf } from './state.ts';

/**
 * Says what is due for a saga. Pure: the time is an argument. The whole list of moves:
 *
 * pending      → running       the first step is sent, or first waits
 * running      → committed     the pivot has succeeded
 * running      → compensating  a "no", a spent budget, a deadline, a cancel, an operator
 * running      → completed     every step is done, and there is no pivot
 * committed    → completed     every step is done
 * compensating → compensated   every counter-step owed has been carried out
 * running, committed → stuck   forward: a pivot in doubt, a retriable step, an output that cannot be kept
 * compensating → stuck         backward: a counter-step has failed for good
 * stuck        → where it was  an operator acts; a cancel, where there still is a way back; a takeover
 * any of these → resolved      instead of its end, where something was settled by hand
 */
export function plan(definition: SagaShape, state: SagaState, now: string): Due {
  const { phase, takeover } = state;
  // Before anything else: the services would go on reacting to each other beside the coordinator.
  if (takeover && !takeover.fenced && !isTerminal(phase.status)) return fence(takeover.epoch);
  switch (phase.status) {
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

/** Every action whose outcome is open is closed before an operator's word ends the saga. */
function planResolution(definition: SagaShape, state: SagaState): Due {
  for (const { name, action } of definition.steps) {
    const step = stepStateOf(state, name);
    const { status } = step.forward;
    const isOpen = status !== 'pending' && status !== 'succeeded' && !hasNoEffect(step);
    const isCall = action.kind === 'operation' || action.kind === 'function';
    if (isOpen && !step.backward && isCall) return close(name);
  }
  return record({
    type: 'SagaResolved',
    data: { reason: state.resolving?.reason ?? 'resolved by an operator' },
  });
}
