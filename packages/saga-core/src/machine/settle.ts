import { backoffMs, type RetryPolicy, type StepDefinition } from '../definition/index.ts';
import type { CloseOutcome, Direction, Failure, Outcome } from '../participant/index.ts';
import type { EventOf, SagaEvent } from './event.ts';
import { type SagaState, type StepState, stepStateOf } from './state.ts';

/** Time and chance, handed in. */
export interface Moment {
  /** ISO 8601, database clock. */
  readonly now: string;
  /** Uniform in [0, 1). */
  readonly random: number;
}

/**
 * Turns the outcome of an attempt into facts. An outcome of another attempt than the present one is
 * late: it counts only as proof that the action was done after all, as long as that still matters.
 */
export function settle(
  state: SagaState,
  step: StepDefinition,
  direction: Direction,
  attempt: number,
  outcome: Outcome,
  moment: Moment,
): readonly SagaEvent[] {
  const current = stepStateOf(state, step.name);
  if (direction === 'action') {
    const isPresent = current.forward.status === 'dispatched' && current.attempts === attempt;
    return isPresent
      ? settleAction(step, current, attempt, outcome, moment)
      : settleLate(state, step.name, attempt, outcome);
  }
  const isPresent =
    current.backward?.status === 'compensating' && current.compensationAttempts === attempt;
  return isPresent ? settleUndo(step, current, attempt, outcome, moment) : [];
}

function settleAction(
  { name: step, retry }: StepDefinition,
  { spent, deadlineAt }: StepState,
  attempt: number,
  outcome: Outcome,
  moment: Moment,
): readonly SagaEvent[] {
  const failed = (failure: 'business' | 'transient' | 'closed', error: Failure): SagaEvent => ({
    type: 'StepFailed',
    step,
    attempt,
    data: { failure, error },
  });
  const again = () =>
    retryOf(step, 'action', attempt, spent + 1, retry, moment).filter(
      (event) => deadlineAt === undefined || event.data.runAt <= deadlineAt,
    );
  switch (outcome.kind) {
    case 'applied': {
      const { output, duplicate } = outcome;
      return [{ type: 'StepSucceeded', step, attempt, data: { output, duplicate } }];
    }
    case 'rejected':
      return [failed('business', outcome.error)];
    case 'closed':
    case 'suppressed':
      return [failed('closed', keyClosed)];
    case 'expired':
      return [failed('transient', expired), ...again()];
    case 'transient':
      return [failed('transient', outcome.error), ...again()];
    case 'unknown':
      return [
        { type: 'StepOutcomeUnknown', step, attempt, data: { error: outcome.error } },
        ...again(),
      ];
    case 'unstorable':
      return [{ type: 'OutcomeUnstorable', step, attempt, data: { error: outcome.error } }];
    case 'null-compensated':
      throw new Error(`The action "${step}" was answered as a compensation.`);
  }
}

function settleLate(
  state: SagaState,
  step: string,
  attempt: number,
  outcome: Outcome,
): readonly SagaEvent[] {
  if (outcome.kind !== 'applied') return [];
  const { status } = state.phase;
  if (status !== 'running' && status !== 'committed') return [];
  const current = stepStateOf(state, step);
  const { forward } = current;
  const isOpen =
    forward.status === 'dispatched' ||
    forward.status === 'unknown' ||
    (forward.status === 'waiting' && forward.for === 'retry');
  if (!isOpen || !current.inDoubt || attempt > current.attempts) return [];
  const { output, duplicate } = outcome;
  return [{ type: 'StepSucceeded', step, attempt, data: { output, duplicate } }];
}

function settleUndo(
  { name: step, compensationRetry }: StepDefinition,
  { spent }: StepState,
  attempt: number,
  outcome: Outcome,
  moment: Moment,
): readonly SagaEvent[] {
  const failed = (failure: 'business' | 'transient' | 'unknown', error: Failure): SagaEvent => ({
    type: 'CompensationFailed',
    step,
    attempt,
    data: { failure, error },
  });
  const again = () => retryOf(step, 'compensation', attempt, spent + 1, compensationRetry, moment);
  switch (outcome.kind) {
    case 'applied':
      return [undone(step, attempt, 'applied', outcome.duplicate)];
    case 'unstorable':
      // What a counter-step returns is not kept; that it returned is what counts.
      return [undone(step, attempt, 'applied', false)];
    case 'null-compensated':
      return [undone(step, attempt, 'null', outcome.duplicate)];
    case 'rejected':
      return [failed('business', outcome.error)];
    case 'expired':
      return [failed('transient', expired), ...again()];
    case 'transient':
    case 'unknown':
      return [failed(outcome.kind, outcome.error), ...again()];
    case 'closed':
    case 'suppressed':
      throw new Error(`The counter-step of "${step}" was answered as an action.`);
  }
}

/**
 * What `close` found: the action's stored outcome, or that it can no longer happen. A participant's
 * "done" goes before an operator's word. That a step was done by other means is the operator's word
 * against a closed or refused key; without anybody to ask (`unasked`) the word is all there is.
 */
export function settleClose(
  state: SagaState,
  step: StepDefinition,
  outcome: CloseOutcome | { readonly kind: 'unasked' },
): SagaEvent {
  const { attempts: attempt, verdict, skipped } = stepStateOf(state, step.name);
  const name = step.name;
  if (outcome.kind === 'applied') {
    const { output, duplicate } = outcome;
    return { type: 'StepSucceeded', step: name, attempt, data: { output, duplicate } };
  }
  if (verdict?.as === 'done') {
    const data = { output: verdict.output, duplicate: false, byHand: true };
    return { type: 'StepSucceeded', step: name, attempt, data };
  }
  const failed = (data: EventOf<'StepFailed'>['data']): SagaEvent => {
    return { type: 'StepFailed', step: name, attempt, data };
  };
  if (outcome.kind === 'rejected') return failed({ failure: 'business', error: outcome.error });
  if (outcome.kind === 'closed') return failed({ failure: 'closed', error: keyClosed });
  // Skipped is not undone: should the saga turn back later, its counter-step is owed.
  return skipped
    ? failed({ failure: 'transient', error: skippedUnasked, byHand: true })
    : failed({ failure: 'closed', error: keyClosed, byHand: true });
}

function retryOf(
  step: string,
  direction: Direction,
  attempt: number,
  failures: number,
  policy: RetryPolicy,
  { now, random }: Moment,
): Extract<SagaEvent, { type: 'RetryScheduled' }>[] {
  if (failures >= policy.maxAttempts) return [];
  const runAt = new Date(Date.parse(now) + backoffMs(policy, failures, random)).toISOString();
  return [{ type: 'RetryScheduled', step, attempt: attempt + 1, data: { direction, runAt } }];
}

function undone(
  step: string,
  attempt: number,
  effect: 'applied' | 'null',
  duplicate: boolean,
): SagaEvent {
  return { type: 'StepCompensated', step, attempt, data: { effect, duplicate } };
}

const skippedUnasked: Failure = {
  code: 'SKIPPED',
  message: 'An operator skipped it; nobody could be asked whether it had been done.',
};

const keyClosed: Failure = {
  code: 'KEY_CLOSED',
  message: 'The key was closed before the action had an effect; it can no longer happen.',
};

const expired: Failure = {
  code: 'EXPIRED',
  message: 'The command arrived after its time limit; nothing was written.',
};
