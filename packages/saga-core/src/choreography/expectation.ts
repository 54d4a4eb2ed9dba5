import { type SagaShape, stepOf } from '../definition/index.ts';
import {
  evolve,
  hasNoEffect,
  initialState,
  isTerminal,
  type RecordedEvent,
  type SagaState,
  type Stall,
  stepStateOf,
} from '../machine/index.ts';
import type { Direction } from '../participant/index.ts';
import type { Reaction } from './reaction.ts';

/** What must follow in a saga that nobody coordinates, and by when. */
export type Expectation = Omit<Stall, 'verdict'>;

interface Flow {
  readonly definition: SagaShape;
  readonly reactions: readonly Reaction[];
}

/** Beyond the time of two attempts: a worker that died in the first is noticed, and the second begins. */
const graceMs = 2_000;

/**
 * Everything that has to be heard of next. Every attempt is heard of, also one that failed: so within the
 * time of an attempt something must come, and after a back-off within the same time again. Pure.
 */
export function expectationsOf(
  { definition, reactions }: Flow,
  log: readonly RecordedEvent[],
): Expectation[] {
  const state = log.reduce<SagaState>(evolve, initialState);
  const { status } = state.phase;
  // A stuck saga has been heard of: a person is waited for.
  if (isTerminal(status) || status === 'stuck' || state.takeover) return [];
  return definition.steps.flatMap(({ name }) =>
    (['action', 'compensation'] as const).flatMap((direction) => {
      if (!isOpen(state, name, direction)) return [];
      const begun = log.findLast((event) => isBeginOf(event, name, direction));
      const cause = begun && causeOf(begun);
      const reaction = reactions.find(
        (r) => r.step === name && r.direction === direction && r.on.type === cause?.type,
      );
      if (!cause || !reaction) return [];
      const since = sinceOf(log, name, direction);
      return [expectationOf(reaction, cause, since, withinOf(definition, reaction))];
    }),
  );
}

/** How long a reaction may be silent, in milliseconds. */
export function withinOf(definition: SagaShape, { step, withinMs }: Reaction): number {
  return withinMs ?? 2 * stepOf(definition, step).timeoutMs + graceMs;
}

function expectationOf(
  reaction: Reaction,
  cause: Stall['cause'],
  since: string,
  withinMs: number,
): Expectation {
  const { step, direction, service, operation, applied, rejected } = reaction;
  return {
    step,
    direction,
    expected: [applied.event.type, ...(rejected ? [rejected.event.type] : [])],
    consumer: service,
    operation: operation.name,
    cause,
    since,
    dueAt: new Date(Date.parse(since) + withinMs).toISOString(),
  };
}

/** Set off, and not answered for good. */
function isOpen(state: SagaState, name: string, direction: Direction): boolean {
  const step = stepStateOf(state, name);
  if (direction === 'compensation') {
    const status = step.backward?.status;
    return status !== undefined && status !== 'compensated' && status !== 'null-compensated';
  }
  const { status } = step.forward;
  return status !== 'pending' && status !== 'succeeded' && !hasNoEffect(step);
}

function isBeginOf(event: RecordedEvent, step: string, direction: Direction): boolean {
  const type = direction === 'action' ? 'StepDispatched' : 'CompensationDispatched';
  return event.type === type && event.step === step;
}

function causeOf({ type, data, messageId }: RecordedEvent): Stall['cause'] | undefined {
  const isBegin = type === 'StepDispatched' || type === 'CompensationDispatched';
  if (!isBegin || messageId === undefined || data.cause === undefined) return undefined;
  return { type: data.cause, messageId };
}

/** The last that was heard of it, or when its next attempt is due. */
function sinceOf(log: readonly RecordedEvent[], step: string, direction: Direction): string {
  const times = log.flatMap((event) => {
    if (!('step' in event) || event.step !== step || directionOf(event) !== direction) return [];
    return event.type === 'RetryScheduled' ? [event.data.runAt, event.at] : [event.at];
  });
  return times.reduce((latest, time) => (time > latest ? time : latest), '');
}

function directionOf(event: RecordedEvent): Direction {
  switch (event.type) {
    case 'RetryScheduled':
      return event.data.direction;
    case 'CompensationDispatched':
    case 'CompensationFailed':
    case 'StepCompensated':
      return 'compensation';
    default:
      return 'action';
  }
}
