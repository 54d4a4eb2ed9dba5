import { type SagaShape, stepOf } from '../definition/index.ts';
import {
  evolve,
  isTerminal,
  type SagaEvent,
  type SagaState,
  stepStateOf,
} from '../machine/index.ts';
import type { Message } from './message.ts';
import type { Reaction } from './reaction.ts';

/**
 * Folds one message of a choreographed saga into facts: what the message says, what must follow it
 * (shown as dispatched), and what that makes of the saga as a whole. Pure. A message that brings
 * nothing new gives no facts.
 *
 * @throws TypeError when it says what this version does not know
 */
export function observe(
  definition: SagaShape,
  reactions: readonly Reaction[],
  before: SagaState,
  message: Message,
): { state: SagaState; events: readonly SagaEvent[] } {
  const events: SagaEvent[] = [];
  let state = before;
  const add = (event: SagaEvent) => {
    events.push(event);
    state = evolve(state, event);
  };
  const conclude = () => {
    for (let next = verdict(definition, state); next; next = verdict(definition, state)) add(next);
  };
  for (const event of reported(definition, state, message)) add(event);
  conclude();
  for (const reaction of reactions) {
    if (reaction.on.type === message.type) expected(state, reaction).forEach(add);
  }
  return { state, events };
}

/** What the message itself says. */
function reported(
  definition: SagaShape,
  state: SagaState,
  { report, step, idempotencyKey }: Message,
): SagaEvent[] {
  switch (report.kind) {
    case 'accepted': {
      const { name, version } = definition;
      const data = {
        definition: name,
        version,
        style: 'choreography' as const,
        input: report.input,
        ...(idempotencyKey !== null && { idempotencyKey }),
      };
      return state.seq === 0 ? [{ type: 'SagaAccepted', data }] : [];
    }
    case 'applied': {
      const { attempt, direction, output } = report;
      return direction === 'action'
        ? [{ type: 'StepSucceeded', step, attempt, data: { output, duplicate: false } }]
        : [
            {
              type: 'StepCompensated',
              step,
              attempt,
              data: { effect: 'applied', duplicate: false },
            },
          ];
    }
    case 'null-compensated': {
      const data = { effect: 'null', duplicate: false } as const;
      return [{ type: 'StepCompensated', step, attempt: report.attempt, data }];
    }
    case 'rejected':
    case 'closed': {
      const failure = report.kind === 'rejected' ? 'business' : 'closed';
      const { attempt, error } = report;
      return [{ type: 'StepFailed', step, attempt, data: { failure, error } }];
    }
    case 'attempt-failed':
      return attemptFailed(definition, state, step, report);
    default:
      throw new TypeError(`Its report is of a kind that is not known here: ${kindOf(report)}.`);
  }
}

const kindOf = ({ kind }: { readonly kind: string }): string => kind;

type AttemptFailed = Extract<Message['report'], { kind: 'attempt-failed' }>;

function attemptFailed(
  definition: SagaShape,
  state: SagaState,
  step: string,
  report: AttemptFailed,
): SagaEvent[] {
  const { direction, attempt, failure, error, retryAt, isStuck } = report;
  // Of a saga that has ended nothing is left to be tried: the reply is late.
  if (isTerminal(state.phase.status)) return [];
  if (direction === 'action' && isRefused(definition, state, step)) return [];
  const events: SagaEvent[] = [];
  if (direction === 'compensation') {
    events.push({ type: 'CompensationFailed', step, attempt, data: { failure, error } });
  } else if (failure === 'unknown') {
    events.push({ type: 'StepOutcomeUnknown', step, attempt, data: { error } });
  } else {
    events.push({ type: 'StepFailed', step, attempt, data: { failure, error } });
  }
  if (retryAt !== null) {
    const data = { direction, runAt: retryAt };
    events.push({ type: 'RetryScheduled', step, attempt: attempt + 1, data });
  }
  // What has been settled after all, by an earlier attempt whose reply was lost, holds nobody up.
  const isOpen = !(direction === 'action'
    ? succeeded(state, step)
    : isSettled(definition, state, step));
  const { phase } = state;
  // A copy of the message may have failed beside it, or the same one again.
  const isKnown = phase.status === 'stuck' && phase.step === step && phase.direction === direction;
  if (isStuck && isOpen && !isKnown)
    events.push({ type: 'SagaStuck', data: { direction, step, error } });
  return events;
}

/**
 * A "no" is final. A copy of the message may have failed for a reason of the moment at the same time;
 * told of later, it would make the step look open again, and the saga compensating for ever. Where no
 * "no" is allowed a failed step may be redriven, and its attempts count.
 */
const isRefused = (definition: SagaShape, state: SagaState, step: string): boolean =>
  stepOf(definition, step).class !== 'retriable' && hasNoEffect(state, step);

/** The step that this event sets off: under way from now on, unless it has been heard of already. */
function expected(state: SagaState, { on, step, direction, operation }: Reaction): SagaEvent[] {
  const current = stepStateOf(state, step);
  const data = { operation: operation.name, request: null, cause: on.type };
  if (direction === 'action') {
    return current.forward.status === 'pending' && !current.backward
      ? [{ type: 'StepDispatched', step, attempt: 1, data: { ...data, generation: 1 } }]
      : [];
  }
  return current.backward ? [] : [{ type: 'CompensationDispatched', step, attempt: 1, data }];
}

/** What the steps make of the saga. Only what a service has said for good counts. */
function verdict(definition: SagaShape, state: SagaState): SagaEvent | undefined {
  const { phase } = state;
  // A stuck saga moves on by itself when what it waited for comes after all.
  const status = phase.status === 'stuck' ? phase.from : phase.status;
  if (status === 'pending' || status === 'running') {
    const failed = definition.steps.find(({ name }) => hasNoEffect(state, name));
    if (failed) return turnBack(state, failed.name);
    const pivot = definition.steps.find((step) => step.class === 'pivot');
    if (pivot && succeeded(state, pivot.name)) {
      return { type: 'PivotCommitted', step: pivot.name, attempt: 1, data: {} };
    }
  }
  if (status === 'running' || status === 'committed') {
    const isDone = definition.steps.every(({ name }) => succeeded(state, name));
    return isDone ? { type: 'SagaCompleted', data: {} } : undefined;
  }
  if (
    status === 'compensating' &&
    state.dispatched.every((name) => isSettled(definition, state, name))
  ) {
    return { type: 'SagaCompensated', data: {} };
  }
  return undefined;
}

function turnBack(state: SagaState, step: string): SagaEvent {
  const { forward } = stepStateOf(state, step);
  if (state.cancel) {
    const reason = { kind: 'cancelled', reason: state.cancel.reason } as const;
    return { type: 'CompensationStarted', data: { reason } };
  }
  if (forward.status !== 'failed') throw new Error(`Step "${step}" has not failed.`);
  const kind = forward.failure === 'business' ? 'rejected' : 'exhausted';
  return { type: 'CompensationStarted', data: { reason: { kind, step, error: forward.error } } };
}

const succeeded = (state: SagaState, name: string): boolean =>
  stepStateOf(state, name).forward.status === 'succeeded';

function hasNoEffect(state: SagaState, name: string): boolean {
  const { forward } = stepStateOf(state, name);
  return forward.status === 'failed' && forward.failure !== 'transient';
}

/** Nothing is owed for it any more. */
function isSettled(definition: SagaShape, state: SagaState, name: string): boolean {
  const { backward } = stepStateOf(state, name);
  if (backward) return backward.status === 'compensated' || backward.status === 'null-compensated';
  return hasNoEffect(state, name) || !stepOf(definition, name).compensation;
}
