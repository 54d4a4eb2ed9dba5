import type { Direction, Failure, Json } from '../participant/index.ts';

export type Style = 'orchestration' | 'choreography';

/** Why a saga turned back. */
export type TurnReason =
  | { readonly kind: 'rejected'; readonly step: string; readonly error: Failure }
  | { readonly kind: 'exhausted'; readonly step: string; readonly error: Failure }
  | { readonly kind: 'cancelled'; readonly reason: string };

/** What an operator may do to a stuck saga. */
export type OperatorAction = 'retry' | 'skip' | 'resolve';

/** Facts about a saga as a whole. */
interface SagaEvents {
  SagaAccepted: {
    readonly definition: string;
    readonly version: number;
    readonly style: Style;
    readonly input: Json;
    readonly idempotencyKey?: string;
  };
  /** A new owner took over a saga that had begun; intents without outcome are sent again. */
  SagaClaimed: { readonly workerId: string; readonly fence: number };
  CompensationStarted: { readonly reason: TurnReason };
  CancelRequested: { readonly reason: string };
  CancelRefused: { readonly reason: string };
  SagaPaused: { readonly reason: string };
  SagaResumed: { readonly reason: string };
  SagaStuck: { readonly direction: Direction; readonly step: string; readonly error: Failure };
  OperatorActed: {
    readonly action: OperatorAction;
    readonly reason: string;
    /** Replaces the saga's input for the retried step's request. */
    readonly input?: Json;
  };
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
  };
  StepSucceeded: { readonly output: Json; readonly duplicate: boolean };
  /** Known to have had no effect. `closed`: its key was closed before it could have one. */
  StepFailed: { readonly failure: 'business' | 'transient' | 'closed'; readonly error: Failure };
  StepOutcomeUnknown: { readonly error: Failure };
  /** `attempt` is the one that will follow. */
  RetryScheduled: { readonly direction: Direction; readonly runAt: string };
  PivotCommitted: Record<string, never>;
  CompensationDispatched: { readonly operation: string; readonly request: Json };
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
