import type { SagaShape, StepDefinition } from '../definition/index.ts';
import type { Failure } from '../participant/index.ts';
import { beginUndo, recoveriesMax, undoLost } from './attempt.ts';
import { type Action, actOrWait, type Due, record, stuck } from './due.ts';
import { mayHaveEffect, type SagaState, type StepState, stepStateOf } from './state.ts';

interface Owed {
  readonly step: StepDefinition;
  readonly current: StepState;
}

/** Backward: what is owed, last dispatched first; a group that says so, all at once. */
export function planBackward(definition: SagaShape, state: SagaState, now: string): Due {
  const owed = state.dispatched.toReversed().flatMap((name) => owedOf(definition, state, name));
  const open = owed.filter(({ current }) => !isOver(current));
  if (open.length > 0) return planUndo(state, wave(open), now);

  // Undos that do not depend on a failed one have been carried out: now an operator has to look.
  const failed = owed.find(({ current }) => current.backward?.status === 'compensation-failed');
  if (failed) return stuck('compensation', failed.step.name, errorOf(failed.current));
  const byHand = owed.filter(({ current }) => isByHand(current)).map(({ step }) => step.name);
  for (const name of state.dispatched) {
    if (stepStateOf(state, name).byHand && !byHand.includes(name)) byHand.push(name);
  }
  return byHand.length > 0
    ? record({ type: 'SagaResolved', data: { reason: `settled by hand: ${byHand.join(', ')}` } })
    : record({ type: 'SagaCompensated', data: {} });
}

/** Every dispatched step is owed, unknown outcomes included, except those known to have no effect. */
function owedOf(definition: SagaShape, state: SagaState, name: string): Owed[] {
  const step = definition.steps.find((candidate) => candidate.name === name);
  const current = stepStateOf(state, name);
  const isOwed = current.backward !== undefined || mayHaveEffect(current);
  return step?.compensation && isOwed ? [{ step, current }] : [];
}

/** What may be undone at the same time. */
function wave(open: readonly Owed[]): readonly Owed[] {
  const first = open[0]?.step;
  return first?.group?.undo === 'together'
    ? open.filter(({ step }) => step.stage === first.stage)
    : open.slice(0, 1);
}

function planUndo(state: SagaState, owed: readonly Owed[], now: string): Due {
  const actions: Action[] = [];
  const times: string[] = [];
  for (const { step, current } of owed) {
    const { backward, compensationAttempts: attempt, recoveries } = current;
    if (backward?.status === 'compensating') {
      if (recoveries > recoveriesMax) return record(undoLost(step.name, attempt));
      actions.push({ kind: 'execute', step: step.name, direction: 'compensation', attempt });
    } else if (!state.paused) {
      const retryAt = backward?.status === 'compensation-waiting' ? backward.retryAt : undefined;
      if (retryAt === undefined || retryAt <= now) return beginUndo(state, step, current);
      times.push(retryAt);
    }
  }
  return actOrWait(actions, times);
}

function isOver({ backward }: StepState): boolean {
  switch (backward?.status) {
    case 'compensated':
    case 'null-compensated':
    case 'compensation-failed':
    case 'compensation-skipped':
      return true;
    case 'compensating':
    case 'compensation-waiting':
    case undefined:
      return false;
  }
}

const isByHand = ({ backward, byHand }: StepState): boolean =>
  backward?.status === 'compensation-skipped' || byHand === true;

function errorOf({ backward }: StepState): Failure {
  return backward && 'error' in backward
    ? backward.error
    : { code: 'UNDO_FAILED', message: 'The counter-step has failed.' };
}
