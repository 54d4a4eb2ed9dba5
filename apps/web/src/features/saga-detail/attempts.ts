import type { SagaEvent } from '@/lib/trpc.ts';
import { memberOf, readFailure, type ShownFailure, textOf } from './event-data.ts';
import { WaitReader } from './waits.ts';

export type Outcome =
  'running' | 'succeeded' | 'failed' | 'unknown' | 'compensated' | 'null' | 'given-up';
export type Way = 'action' | 'compensation';

/** One attempt of one step or counter-step, as the log tells it. */
export interface Attempt {
  readonly step: string;
  readonly way: Way;
  readonly number: number;
  readonly startedAt: string;
  readonly startSeq: number;
  /** Choreography: a retry has no dispatch of its own; which event it began by instead. */
  readonly setOff?: { readonly word: 'Due' | 'Began'; readonly seq: number };
  readonly actor: string;
  readonly request: unknown;
  /** Choreography: the event that set it off. */
  readonly cause?: string;
  /** Choreography: the message that its outcome was read from. */
  messageId?: string;
  /** It does nothing but wait: for a time or for a signal. */
  readonly wait?: 'sleep' | 'signal';
  /** When the wait ends by itself. */
  readonly until?: string;
  outcome: Outcome;
  endedAt?: string;
  endSeq?: number;
  output?: unknown;
  error?: ShownFailure;
  /** business, transient, closed or unknown. */
  failure?: string;
  isDuplicate?: boolean;
  /** When the attempt after this one is due, and the event that says so. */
  retryAt?: string;
  retrySeq?: number;
}

const ends: Readonly<Record<string, Outcome>> = {
  StepSucceeded: 'succeeded',
  StepFailed: 'failed',
  StepOutcomeUnknown: 'unknown',
  OutcomeUnstorable: 'unknown',
  StepCompensated: 'compensated',
  CompensationFailed: 'failed',
};

/** Every attempt in the order of its start. */
export function attemptsOf(events: readonly SagaEvent[]): readonly Attempt[] {
  const attempts: Attempt[] = [];
  const waits = new WaitReader(attempts);
  const find = (event: SagaEvent, way: Way) =>
    attempts.findLast(({ step, way: its }) => step === event.step && its === way);
  let before = events[0];
  for (const event of events) {
    const way: Way =
      event.type.startsWith('Compensation') || event.type === 'StepCompensated'
        ? 'compensation'
        : 'action';
    const outcome = ends[event.type];
    if (waits.read(event)) {
      // A wait's own fact; nothing was sent.
    } else if (event.type === 'StepDispatched' || event.type === 'CompensationDispatched') {
      attempts.push(started(event, way));
    } else if (outcome) {
      let attempt = find(event, way);
      if (attempt && isSettled(attempt)) continue;
      if (!attempt || attempt.endedAt) {
        attempts.push((attempt = undispatched(event, way, attempt, before ?? event)));
      }
      finish(attempt, event, outcome);
    } else if (event.type === 'RetryScheduled') {
      const retried = find(
        event,
        memberOf(event.data, 'direction') === 'compensation' ? 'compensation' : 'action',
      );
      const runAt = memberOf(event.data, 'runAt');
      if (retried && !isSettled(retried) && typeof runAt === 'string') {
        retried.retryAt = runAt;
        retried.retrySeq = event.seq;
      }
    }
    before = event;
  }
  return attempts;
}

/** Its effect is there: word of a lost reply that comes later adds no attempt. */
function isSettled({ outcome }: Attempt): boolean {
  return outcome === 'succeeded' || outcome === 'compensated' || outcome === 'null';
}

function started(event: SagaEvent, way: Way): Attempt {
  const cause = textOf(event.data, 'cause');
  return {
    step: event.step ?? '',
    way,
    number: event.attempt ?? 1,
    startedAt: event.at,
    startSeq: event.seq,
    actor: event.actor,
    request: memberOf(event.data, 'request'),
    ...(cause && { cause }),
    outcome: 'running',
  };
}

/** It began when it was due; where nobody says when that was, with the event before its answer. */
function undispatched(
  answer: SagaEvent,
  way: Way,
  last: Attempt | undefined,
  before: SagaEvent,
): Attempt {
  const { retryAt, retrySeq } = last ?? {};
  return {
    ...started(answer, way),
    startedAt: retryAt ?? before.at,
    setOff:
      retrySeq === undefined ? { word: 'Began', seq: before.seq } : { word: 'Due', seq: retrySeq },
  };
}

function finish(attempt: Attempt, event: SagaEvent, outcome: Outcome): void {
  attempt.outcome = outcome;
  attempt.endedAt = event.at;
  attempt.endSeq = event.seq;
  if (event.messageId) attempt.messageId = event.messageId;
  attempt.isDuplicate = memberOf(event.data, 'duplicate') === true;
  const output = memberOf(event.data, 'output');
  if (output !== undefined) attempt.output = output;
  const error = readFailure(memberOf(event.data, 'error'));
  if (error) attempt.error = error;
  const failure = memberOf(event.data, 'failure');
  if (typeof failure === 'string') attempt.failure = failure;
  if (outcome === 'compensated' && memberOf(event.data, 'effect') === 'null')
    attempt.outcome = 'null';
  // An undo whose answer was lost is in doubt as an action would be.
  if (failure === 'unknown') attempt.outcome = 'unknown';
}
