import type { StepClass } from '../definition/index.ts';
import type { OperatorAction, Style } from './event.ts';
import { hasNoEffect, isTerminal, type SagaState, stepStateOf } from './state.ts';

type Stuck = Extract<SagaState['phase'], { status: 'stuck' }>;

/** What a look at the order of a saga's steps needs. */
interface Classified {
  readonly name: string;
  readonly class: StepClass;
}

/**
 * Why an operator's act is not possible now, as a sentence; undefined when it is. All of them need a
 * saga that is stuck: elsewhere the engine is still at work.
 */
export function refusalOf(
  steps: readonly Classified[],
  state: SagaState,
  action: OperatorAction,
  as?: 'done' | 'not-done',
): string | undefined {
  const { phase } = state;
  if (phase.status !== 'stuck') {
    return action === 'retry'
      ? 'Only a stuck saga waits for a retry.'
      : 'Only a stuck saga can be settled by hand.';
  }
  switch (action) {
    case 'retry':
    case 'resolve':
      return undefined;
    case 'skip': {
      const step = steps.find(({ name }) => name === phase.step);
      return step?.class === 'pivot' && phase.direction === 'action'
        ? 'A pivot cannot be skipped: retry it, settle what became of it, or resolve the saga.'
        : undefined;
    }
    case 'settle':
      return as === 'not-done' ? notDoneRefusal(phase, state) : undefined;
    case 'compensate':
      if (phase.direction === 'compensation') return 'It is already walking back.';
      return phase.from === 'committed' ? 'It is past its point of no return.' : undefined;
  }
}

function notDoneRefusal(phase: Stuck, state: SagaState): string | undefined {
  if (phase.direction === 'compensation') {
    return 'A counter-step that was not done is still owed: retry it, or skip it.';
  }
  if (phase.from === 'committed') {
    return (
      'Past the pivot every step must be done in the end, and closing its key would forbid that: ' +
      'retry it, or settle it as done.'
    );
  }
  return hasNoEffect(stepStateOf(state, phase.step))
    ? 'It is known already that it was not done.'
    : undefined;
}

/** Nobody coordinates it: its services react to each other, and only what they listen to moves it. */
export function isLeaderless(style: Style, { takeover }: SagaState): boolean {
  return style === 'choreography' && takeover === undefined;
}

/** Why a saga cannot be given a coordinator, as a sentence; undefined when it can. */
export function takeOverRefusal(style: Style, state: SagaState): string | undefined {
  if (isTerminal(state.phase.status)) return `It is ${state.phase.status} already.`;
  if (style === 'orchestration') return 'It has had a coordinator from the start.';
  return state.takeover ? 'It has been taken over already.' : undefined;
}
