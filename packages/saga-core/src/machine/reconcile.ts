import type { SagaShape } from '../definition/index.ts';
import type { Failure, FencedEffect } from '../participant/index.ts';
import type { EventOf, SagaEvent } from './event.ts';
import { evolve } from './evolve.ts';
import { hasNoEffect, type SagaState, stepStateOf } from './state.ts';

/**
 * What the services had done when they were fenced, as facts: the effects that they hold go before what
 * a tracker has seen of them. Steps in the order of the definition, so that the way back is its reverse.
 */
export function reconcile(
  definition: SagaShape,
  before: SagaState,
  epoch: number,
  effects: readonly FencedEffect[],
): readonly SagaEvent[] {
  const fenced: EventOf<'ServicesFenced'> = {
    type: 'ServicesFenced',
    data: { epoch, generations: generationsOf(effects) },
  };
  const state = evolve(before, fenced);
  const facts = definition.steps.flatMap(({ name }) =>
    (['action', 'compensation'] as const).flatMap((direction) => {
      const effect = effects.find((e) => e.step === name && e.direction === direction);
      return effect ? factOf(state, effect) : [];
    }),
  );
  return [fenced, ...facts, ...pastThePivot(definition, state, effects)];
}

/** An effect of the pivot goes before any belief that the saga was walking back. */
function pastThePivot(
  definition: SagaShape,
  { phase }: SagaState,
  effects: readonly FencedEffect[],
): SagaEvent[] {
  const pivot = definition.steps.find((step) => step.class === 'pivot')?.name;
  const isApplied = effects.some(
    ({ step, direction, outcome }) =>
      step === pivot && direction === 'action' && outcome === 'applied',
  );
  return pivot !== undefined && isApplied && phase.status === 'compensating'
    ? [{ type: 'PivotCommitted', step: pivot, attempt: 1, data: {} }]
    : [];
}

function generationsOf(effects: readonly FencedEffect[]): Record<string, number> {
  const actions = effects.filter(({ direction }) => direction === 'action');
  return Object.fromEntries(actions.map(({ step, generation }) => [step, generation]));
}

/** Nothing where the log knows it already. */
function factOf(state: SagaState, { step, direction, outcome, result }: FencedEffect): SagaEvent[] {
  const current = stepStateOf(state, step);
  if (direction === 'compensation') {
    if (current.backward) return [];
    const effect = outcome === 'applied' ? 'applied' : 'null';
    const attempt = Math.max(1, current.compensationAttempts);
    return [{ type: 'StepCompensated', step, attempt, data: { effect, duplicate: true } }];
  }
  const attempt = Math.max(1, current.attempts);
  if (outcome === 'applied') {
    if (current.forward.status === 'succeeded') return [];
    return [{ type: 'StepSucceeded', step, attempt, data: { output: result, duplicate: true } }];
  }
  if (hasNoEffect(current)) return [];
  // A rejection is stored with its failure; a tombstone with nothing.
  return outcome === 'rejected'
    ? [failed(step, attempt, 'business', result as Failure)]
    : [failed(step, attempt, 'closed', closedBefore)];
}

function failed(
  step: string,
  attempt: number,
  failure: 'business' | 'closed',
  error: Failure,
): SagaEvent {
  return { type: 'StepFailed', step, attempt, data: { failure, error } };
}

const closedBefore: Failure = {
  code: 'KEY_CLOSED',
  message: 'Its service had closed the key before the saga was taken over.',
};
