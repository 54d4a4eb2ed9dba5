import type { SagaShape, StepDefinition } from '../definition/index.ts';
import { begin, lost, recoveriesMax, waitIsOver } from './attempt.ts';
import {
  type Action,
  actOrWait,
  close,
  type Due,
  record,
  refuseCancel,
  stuck,
  turnBack,
} from './due.ts';
import type { TurnReason } from './event.ts';
import {
  hasNoEffect,
  mayHaveEffect,
  type SagaState,
  type StepState,
  stepStateOf,
} from './state.ts';

/** Forward: the first stage with a step that is not done decides. */
export function planForward(definition: SagaShape, state: SagaState, now: string): Due {
  const { steps } = definition;
  const refused = refusedAhead(definition, state);
  if (refused) return turnBack(refused);
  const isOpen = (step: StepDefinition) => !isDone(stepStateOf(state, step.name));
  const next = steps.find(isOpen);
  const pivot = steps.find((step) => step.class === 'pivot');
  if (pivot && (!next || pivot.stage < next.stage) && !isCommitted(state)) {
    return record({ type: 'PivotCommitted', step: pivot.name, attempt: 1, data: {} });
  }
  if (next) {
    const open = steps.filter((step) => step.stage === next.stage && isOpen(step));
    return planStage(state, open, now);
  }
  if (isCancelOpen(state)) return refuseCancel('The saga has completed.');
  const byHand = steps.filter(({ name }) => isByHand(stepStateOf(state, name)));
  return byHand.length > 0
    ? record({
        type: 'SagaResolved',
        data: { reason: `settled by hand: ${byHand.map((step) => step.name).join(', ')}` },
      })
    : record({ type: 'SagaCompleted', data: {} });
}

/**
 * Why a saga that has been taken over has to turn back though its next step may be one before that: its
 * services went on by themselves, or closed a key ahead of them.
 */
function refusedAhead({ steps }: SagaShape, state: SagaState): TurnReason | undefined {
  if (!state.takeover || isCommitted(state)) return undefined;
  const isUnderWay = steps.some(
    ({ name }) => stepStateOf(state, name).forward.status === 'dispatched',
  );
  if (isUnderWay) return undefined;
  for (const { name } of steps) {
    const step = stepStateOf(state, name);
    const { forward } = step;
    if (forward.status !== 'failed' || !hasNoEffect(step) || isSettling(step)) continue;
    const kind = forward.failure === 'business' ? 'rejected' : 'exhausted';
    return { kind, step: name, error: forward.error };
  }
  return undefined;
}

/** A stuck saga waits for an operator; only a cancel moves it by itself, where there still is a way back. */
export function planStuck(definition: SagaShape, state: SagaState, now: string): Due {
  const { phase } = state;
  const isForward = phase.status === 'stuck' && phase.direction === 'action';
  if (!isForward || !isCancelOpen(state)) return { do: 'rest' };
  return phase.from === 'committed'
    ? refuseCancel('The saga is past its point of no return.')
    : planForward(definition, state, now);
}

/** The steps of one stage that are not done: each goes its way, unless the saga has to turn back. */
function planStage(state: SagaState, open: readonly StepDefinition[], now: string): Due {
  const committed = isCommitted(state);
  if (isCancelOpen(state) && committed) {
    return refuseCancel('The saga is past its point of no return.');
  }
  const actions: Action[] = [];
  for (const { name } of open) {
    const { forward, attempts, recoveries } = stepStateOf(state, name);
    if (forward.status !== 'dispatched') continue;
    if (recoveries > recoveriesMax) return record(lost(name, attempts));
    actions.push({ kind: 'execute', step: name, direction: 'action', attempt: attempts });
  }
  const reason = committed ? undefined : reasonToTurn(state, open, now);
  // What is under way is waited for: nobody knows yet whether it has to be undone.
  if (reason) return actions.length > 0 ? { do: 'act', actions } : planTurn(state, open, reason);
  return planSteps(state, open, actions, now);
}

/** Nothing stands against going on. */
function planSteps(
  state: SagaState,
  open: readonly StepDefinition[],
  actions: Action[],
  now: string,
): Due {
  const times: string[] = [];
  let givenUp: StepDefinition | undefined;
  for (const step of open) {
    const current = stepStateOf(state, step.name);
    const { forward } = current;
    if (forward.status === 'failed' || forward.status === 'unknown') givenUp ??= step;
    if (state.paused) continue;
    if (forward.status === 'pending') return begin(state, step, now);
    if (forward.status !== 'waiting') continue;
    if (forward.for !== 'retry') {
      const over = waitIsOver(step, forward, now);
      if (over) return record(over);
      const until = forward.for === 'timer' ? forward.fireAt : forward.until;
      if (until !== null) times.push(until);
      continue;
    }
    const { deadlineAt } = current;
    if (deadlineAt !== undefined && deadlineAt <= now) return record(deadlineFired(step, current));
    if (forward.retryAt <= now) return begin(state, step, now);
    times.push(forward.retryAt, ...(deadlineAt === undefined ? [] : [deadlineAt]));
  }
  // Its neighbours go on as long as they can: only then does an operator have to look.
  if (givenUp && actions.length === 0) {
    const isWordGiven = isSettling(stepStateOf(state, givenUp.name));
    if (times.length === 0 || isWordGiven) return planGivenUp(state, givenUp);
  }
  if (state.deadlineAt !== undefined && !isCommitted(state) && !isInDoubt(state, open)) {
    times.push(state.deadlineAt);
  }
  return actOrWait(actions, state.paused ? [] : times);
}

/** Failed for good, and no reason to turn back: an operator's word is carried out, a doubt settled. */
function planGivenUp(state: SagaState, step: StepDefinition): Due {
  const current = stepStateOf(state, step.name);
  const { forward, verdict } = current;
  if (forward.status !== 'failed' && forward.status !== 'unknown') return { do: 'rest' };
  const isOpen = !hasNoEffect(current);
  if (verdict?.as === 'done' || (isSettling(current) && isOpen)) return close(step.name);
  const isUnstorable = forward.status === 'unknown' && forward.unstorable === true;
  if (step.class === 'pivot' && isOpen && !isUnstorable) return close(step.name);
  return stuck('action', step.name, forward.error);
}

/** Why the stage cannot go on, though the saga is not past its pivot. */
function reasonToTurn(
  state: SagaState,
  open: readonly StepDefinition[],
  now: string,
): TurnReason | undefined {
  const { cancel, forced, deadlineAt } = state;
  if (cancel && !cancel.refused) return { kind: 'cancelled', reason: cancel.reason };
  if (forced) return { kind: 'forced', reason: forced.reason };
  for (const step of open) {
    const current = stepStateOf(state, step.name);
    const { forward } = current;
    if (current.skipped || current.verdict?.as === 'done') continue;
    if (forward.status !== 'failed' && forward.status !== 'unknown') continue;
    const isKnown = hasNoEffect(current);
    if (step.class === 'pivot' && !isKnown) continue;
    if (forward.status === 'unknown' && forward.unstorable && !current.verdict) continue;
    const isNo = forward.status === 'failed' && forward.failure === 'business';
    return { kind: isNo ? 'rejected' : 'exhausted', step: step.name, error: forward.error };
  }
  const isLate = deadlineAt !== undefined && deadlineAt <= now;
  if (isLate && !state.paused && !isInDoubt(state, open)) return { kind: 'deadline', deadlineAt };
  return undefined;
}

/** A pivot that may have committed is settled before anything is undone. */
function planTurn(state: SagaState, open: readonly StepDefinition[], reason: TurnReason): Due {
  const pivot = open.find((step) => step.class === 'pivot');
  return pivot && mayHaveEffect(stepStateOf(state, pivot.name))
    ? close(pivot.name)
    : turnBack(reason);
}

function deadlineFired({ name: step }: StepDefinition, { attempts }: StepState) {
  const data = { timer: 'deadline' } as const;
  return { type: 'TimerFired', step, attempt: attempts, data } as const;
}

const isCommitted = ({ phase }: SagaState): boolean =>
  phase.status === 'committed' || (phase.status === 'stuck' && phase.from === 'committed');

const isCancelOpen = ({ cancel }: SagaState): boolean => cancel !== undefined && !cancel.refused;

/** An operator's word stands where an authoritative answer, or the lack of any, allows it. */
function isDone(step: StepState): boolean {
  const isSkipped = step.skipped && (hasNoEffect(step) || step.byHand === true);
  return step.forward.status === 'succeeded' || isSkipped;
}

const isByHand = (step: StepState): boolean => step.skipped || step.byHand === true;

const isSettling = ({ skipped, verdict }: StepState): boolean => skipped || verdict !== undefined;

/** A pivot that may have committed ignores every deadline. */
function isInDoubt(state: SagaState, open: readonly StepDefinition[]): boolean {
  return open.some((step) => step.class === 'pivot' && stepStateOf(state, step.name).inDoubt);
}
