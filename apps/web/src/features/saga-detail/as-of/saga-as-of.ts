import {
  evolve,
  type Forward,
  initialState,
  type SagaEvent as Fact,
  type SagaState,
  type StepState,
  stepStateOf,
} from '@counterstep/saga-core/fold';
import type { Saga, SagaEvent, StepDetail } from '@/lib/trpc.ts';
import { isFinished } from '@/ui/status.ts';
import { isKnownEvent } from '../log-words.ts';

/**
 * The saga as it was when its log ended with that event: the same fold that the server makes its answer
 * from, over the events up to there. What a saga never changes comes from the present one.
 */
export function sagaAsOf(saga: Saga, events: readonly SagaEvent[], seq: number): Saga {
  const seen = events.filter((event) => event.seq <= seq);
  const state = seen.filter(isKnownEvent).reduce(fold, initialState);
  const last = seen.at(-1);
  const at = last?.at ?? saga.createdAt;
  const { status } = state.phase;
  const {
    direction: _d,
    deadlineAt: _l,
    stall: _s,
    finishedAt: _f,
    waitingBecause: _w,
    ...rest
  } = saga;
  return {
    ...rest,
    status,
    ...(state.phase.status === 'stuck' && { direction: state.phase.direction }),
    paused: state.paused,
    stalled: state.stalled !== undefined,
    takenOver: state.takeover !== undefined,
    ...(state.stalled && { stall: state.stalled }),
    ...(state.deadlineAt !== undefined && { deadlineAt: state.deadlineAt }),
    steps: saga.steps.map((step) => stepAsOf(step, state)),
    seq: last?.seq ?? 0,
    updatedAt: at,
    ...(isFinished(status) && { finishedAt: at }),
    // Nobody acts on the past, and who held it then is in the log.
    owner: null,
    actions: [],
  };
}

/** The log was written from such events and nothing else can write it; the wire types them as JSON. */
const fold = (state: SagaState, event: SagaEvent): SagaState =>
  evolve(state, event as unknown as Fact);

function stepAsOf(step: StepDetail, state: SagaState): StepDetail {
  const { name } = step;
  const its = stepStateOf(state, name);
  const { forward, backward } = its;
  const compensation = backward?.status ?? (isOwed(step, its, state) ? 'owed' : undefined);
  const moving = backward && 'error' in backward ? backward : forward;
  const wait = forward.status === 'waiting' ? waitOf(forward) : undefined;
  const undoAt = backward?.status === 'compensation-waiting' ? backward.retryAt : undefined;
  const nextRetryAt = undoAt ?? (wait && 'retryAt' in wait ? wait.retryAt : undefined);
  return {
    ...unchanging(step),
    status: its.skipped ? 'skipped' : forward.status,
    ...(compensation && { compensation }),
    attempts: its.attempts,
    compensationAttempts: its.compensationAttempts,
    ...(its.request !== undefined && { request: its.request as Value }),
    ...(forward.status === 'succeeded' && { output: forward.output as Value }),
    ...('error' in moving && { error: moving.error as Problem }),
    ...(nextRetryAt !== undefined && { nextRetryAt }),
    ...(wait && 'waitsFor' in wait && wait),
    ...(its.deadlineAt !== undefined && { deadlineAt: its.deadlineAt }),
    ...(its.byHand && { byHand: its.byHand }),
  };
}

/** JSON as the wire types it. */
type Value = NonNullable<StepDetail['output']>;
type Problem = NonNullable<StepDetail['error']>;

/** What the definition says of a step, whatever has become of it. */
function unchanging(step: StepDetail): StepDetail {
  const { compensation: _c, request: _q, output: _o, error: _e, nextRetryAt: _n, ...rest } = step;
  const { waitsFor: _w, until: _u, deadlineAt: _d, byHand: _b, ...shape } = rest;
  return shape;
}

/** On the way back whatever may have had an effect is owed its counter-step. */
function isOwed(step: StepDetail, { forward }: StepState, { phase }: SagaState): boolean {
  const isBack =
    phase.status === 'compensating' ||
    (phase.status === 'stuck' && phase.direction === 'compensation');
  const mayBeThere = forward.status !== 'pending' && forward.status !== 'failed';
  return isBack && mayBeThere && step.counterOperation !== undefined;
}

type Waiting = Extract<Forward, { status: 'waiting' }>;

function waitOf(wait: Waiting) {
  switch (wait.for) {
    case 'retry':
      return { retryAt: wait.retryAt };
    case 'timer':
      return { waitsFor: 'timer' as const, until: wait.fireAt };
    case 'signal':
      return { waitsFor: 'signal' as const, ...(wait.until !== null && { until: wait.until }) };
  }
}
