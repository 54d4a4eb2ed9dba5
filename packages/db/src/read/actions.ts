import {
  isLeaderless,
  isTerminal,
  refusalOf,
  type SagaState,
  type Style,
  takeOverRefusal,
} from '@counterstep/saga-core/machine';
import type { StepShape } from './shape.ts';
import type { ActionName, SagaDetail } from './types.ts';

/** Every act that an operator may ask for, in the order in which they are offered. */
export const actionNames = [
  'retry',
  'skip',
  'settle',
  'compensate',
  'resolve',
  'takeOver',
  'cancel',
  'pause',
  'resume',
] as const satisfies readonly ActionName[];

/** Every act of an operator, with the reason where it is not possible now. */
export function actionsFor(
  style: Style,
  state: SagaState,
  shape: readonly StepShape[],
): SagaDetail['actions'] {
  return actionNames.map((action) => {
    const disabledBecause = whyNot(action, style, state, shape);
    return disabledBecause === undefined ? { action } : { action, disabledBecause };
  });
}

function whyNot(
  action: ActionName,
  style: Style,
  state: SagaState,
  shape: readonly StepShape[],
): string | undefined {
  const { phase, paused } = state;
  if (isTerminal(phase.status)) return `It is ${phase.status}.`;
  switch (action) {
    case 'cancel':
      return cancelRefusal(state);
    case 'pause':
      if (isLeaderless(style, state)) return 'It has no coordinator that could pause it.';
      if (phase.status === 'stuck') return 'It waits for you already.';
      return paused ? 'It is paused.' : undefined;
    case 'resume':
      return paused ? undefined : 'It is not paused.';
    case 'retry':
      return refusalOf(shape, state, action);
    case 'skip':
    case 'settle':
    case 'compensate':
    case 'resolve':
      return isLeaderless(style, state)
        ? 'Its services would go on reacting by themselves. Take it over first.'
        : refusalOf(shape, state, action);
    case 'takeOver':
      return takeOverRefusal(style, state);
  }
}

/** Why a saga cannot be cancelled now; undefined when it can. */
export function cancelRefusal({ phase, cancel }: SagaState): string | undefined {
  const isStuck = phase.status === 'stuck';
  if (phase.status === 'committed' || (isStuck && phase.from === 'committed')) {
    return 'It is past its point of no return.';
  }
  if (phase.status === 'compensating' || (isStuck && phase.direction === 'compensation')) {
    return 'It is already walking back.';
  }
  return cancel && !cancel.refused ? 'A cancel is under way.' : undefined;
}
