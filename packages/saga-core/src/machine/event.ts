import type { Direction, Failure, Json } from '../participant/index.ts';

export type Style = 'orchestration' | 'choreography';

/** Why a saga turned back. */
export type TurnReason =
  | { readonly kind: 'rejected'; readonly step: string; readonly error: Failure }
  | { readonly kind: 'exhausted'; readonly step: string; readonly error: Failure }
  | { readonly kind: 'deadline'; readonly deadlineAt: string }
  | { readonly kind: 'cancelled'; readonly reason: string }
  | { readonly kind: 'forced'; readonly reason: string };

/**
 * What an operator may do to a stuck saga.
 * settle: says of an outcome that nobody knows whether the step was done.
 * compensate: gives the way forward up, and with it the right to wait for the stuck step.
 */
export type OperatorAction = 'retry' | 'skip' | 'settle' | 'compensate' | 'resolve';

/**
 * Where a message that is overdue has got to.
 * in-transit: its consumer has not read the cause yet. backing-off: the consumer's attempt is overdue.
 * dead-lettered: the consumer has given up. not-emitted: the consumer has read the cause, and there is
 * neither an effect, nor an event, nor an attempt that waits.
 */
export type StallVerdict = 'in-transit' | 'backing-off' | 'dead-lettered' | 'not-emitted';

/** An alarm of a choreographed saga: what should have come, from whom, and what set it off. */
export interface Stall {
  readonly direction: Direction;
  readonly step: string;
  /** Types of the events of which one had to follow. */
  readonly expected: readonly string[];
  /** The service that had to react. */
  readonly consumer: string;
  readonly operation: string;
  readonly cause: { readonly type: string; readonly messageId: string };
  /** ISO 8601: when the reaction became due, and by when something had to be heard of it. */
  readonly since: string;
  readonly dueAt: string;
  readonly verdict: StallVerdict;
}

/** Facts about a saga as a whole. */
interface SagaEvents {
  SagaAccepted: {
    readonly definition: string;
    readonly version: number;
    readonly style: Style;
    readonly input: Json;
    readonly idempotencyKey?: string;
    /** ISO 8601; only with a definition that has a deadline. */
    readonly deadlineAt?: string;
  };
  /** A new owner took over a saga that had begun; intents without outcome are sent again. */
  SagaClaimed: { readonly workerId: string; readonly fence: number };
  CompensationStarted: { readonly reason: TurnReason };
  CancelRequested: { readonly reason: string };
  CancelRefused: { readonly reason: string };
  /** `at`: when it was asked for; deadlines stand still from then on. */
  SagaPaused: { readonly reason: string; readonly at?: string };
  SagaResumed: { readonly reason: string; readonly at?: string };
  SagaStuck: { readonly direction: Direction; readonly step: string; readonly error: Failure };
  OperatorActed: {
    readonly action: OperatorAction;
    readonly reason: string;
    /** `retry`: replaces the saga's input for the retried step's request. */
    readonly input?: Json;
    /** `settle`: what became of the step. */
    readonly as?: 'done' | 'not-done';
    /** `settle` as done: the step's output, where the participant has none. */
    readonly output?: Json;
  };
  /**
   * A choreographed saga has got a coordinator: services obey no message of a lower epoch. What they have
   * done by then stands in `ServicesFenced` and the facts after it.
   */
  SagaTakenOver: { readonly epoch: number; readonly reason: string };
  /** Every service has accepted the epoch. `generations`: of the keys that they have stored, by step. */
  ServicesFenced: {
    readonly epoch: number;
    readonly generations: Readonly<Record<string, number>>;
  };
  /** What had to follow in a choreographed saga has not come in time. */
  SagaStalled: Stall;
  SagaCompleted: Record<string, never>;
  SagaCompensated: Record<string, never>;
  SagaResolved: { readonly reason: string };
}

/** Facts about one attempt of one step. */
interface StepEvents {
  StepDispatched: {
    readonly operation: string;
    readonly generation: number;
    readonly request: Json;
    /** ISO 8601; with the first attempt of a step that has a deadline. */
    readonly deadlineAt?: string;
    /** Choreography: type of the event that sets it off. */
    readonly cause?: string;
  };
  /** `byHand`: an operator's word, where no participant could tell. */
  StepSucceeded: { readonly output: Json; readonly duplicate: boolean; readonly byHand?: boolean };
  /** Known to have had no effect. `closed`: its key was closed before it could have one. */
  StepFailed: {
    readonly failure: 'business' | 'transient' | 'closed';
    readonly error: Failure;
    readonly byHand?: boolean;
  };
  StepOutcomeUnknown: { readonly error: Failure };
  /** The effect has happened, and its output cannot be kept. */
  OutcomeUnstorable: { readonly error: Failure };
  /** `attempt` is the one that will follow. */
  RetryScheduled: { readonly direction: Direction; readonly runAt: string };
  TimerSet: { readonly fireAt: string };
  /** A sleep is over, a signal did not come in time, or a step's deadline has passed. */
  TimerFired: { readonly timer: 'sleep' | 'signal' | 'deadline' };
  /** `until` null: for ever. */
  SignalAwaited: { readonly until: string | null };
  /** May come before it is awaited; it is kept. */
  SignalReceived: { readonly payload: Json };
  PivotCommitted: Record<string, never>;
  CompensationDispatched: {
    readonly operation: string;
    readonly request: Json;
    readonly cause?: string;
  };
  StepCompensated: { readonly effect: 'applied' | 'null'; readonly duplicate: boolean };
  CompensationFailed: {
    readonly failure: 'business' | 'transient' | 'unknown';
    readonly error: Failure;
  };
}

export type SagaEventType = keyof SagaEvents | keyof StepEvents;

/** One fact, as the machine decides it; the store adds sequence, time and actor. */
export type SagaEvent =
  | {
      [T in keyof SagaEvents]: { readonly type: T; readonly data: SagaEvents[T] };
    }[keyof SagaEvents]
  | {
      [T in keyof StepEvents]: {
        readonly type: T;
        readonly step: string;
        readonly attempt: number;
        readonly data: StepEvents[T];
      };
    }[keyof StepEvents];

/** The event of one type. */
export type EventOf<T extends SagaEventType> = Extract<SagaEvent, { readonly type: T }>;

/** A fact as it stands in the log. */
export type RecordedEvent = SagaEvent & {
  readonly seq: number;
  /** ISO 8601, database clock. */
  readonly at: string;
  /** Who caused it: a worker, `api`, a service, an operator. */
  readonly actor: string;
  /** For choreographed sagas: the message that it was folded from. */
  readonly messageId?: string;
};
