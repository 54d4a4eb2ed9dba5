import type { Backward, Forward, SagaStatus, Style } from '@counterstep/saga-core/machine';
import type { Direction, Failure, Json } from '@counterstep/saga-core/participant';

/** Outward step states; the counter-step's has its own field. */
export type StepStatus = Forward['status'] | 'skipped';
export type CompensationStatus = Backward['status'] | 'owed';

/** One step of one saga, as lists draw it. */
export interface StepCell {
  readonly name: string;
  readonly status: StepStatus;
  /** Absent when nothing is owed or undone. */
  readonly compensation?: CompensationStatus;
  readonly isPivot: boolean;
}

/** A saga as a row of a list. Times are ISO 8601. */
export interface SagaSummary {
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly style: Style;
  readonly status: SagaStatus;
  /** Set when stuck: which way it was going. */
  readonly direction?: Direction;
  readonly paused: boolean;
  /** The business object, for place-order the order id. */
  readonly businessKey: string | null;
  /** Whom it concerns, for place-order the customer id. */
  readonly subject: string | null;
  readonly input: Json;
  readonly steps: readonly StepCell[];
  /** The step that the saga is at, with the attempt and, when it waits, the time of the next one. */
  readonly current?: {
    readonly step: string;
    readonly direction: Direction;
    readonly attempt: number;
    readonly retryAt?: string;
    readonly error?: Failure;
  };
  readonly seq: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt?: string;
}

/** One step with everything that is known of it. */
export interface StepDetail extends StepCell {
  /** Operation of the action, for instance `inventory.reserve`. */
  readonly operation: string;
  /** Operation of the counter-step, if there is one. */
  readonly counterOperation?: string;
  readonly class: 'compensatable' | 'pivot' | 'retriable';
  readonly attempts: number;
  readonly compensationAttempts: number;
  readonly maxAttempts: number;
  readonly maxCompensationAttempts: number;
  readonly timeoutMs: number;
  readonly request?: Json;
  readonly output?: Json;
  readonly error?: Failure;
  readonly nextRetryAt?: string;
}

export interface SagaDetail extends Omit<SagaSummary, 'steps'> {
  readonly steps: readonly StepDetail[];
  readonly owner: string | null;
  readonly fence: number;
  /** An operator's possible acts; a reason when one is not possible now. */
  readonly actions: readonly { readonly action: ActionName; readonly disabledBecause?: string }[];
}

export type ActionName = 'retry' | 'skip' | 'resolve' | 'cancel' | 'pause' | 'resume' | 'takeOver';

/** One event of a saga's log. */
export interface LogEvent {
  readonly seq: number;
  readonly type: string;
  readonly step?: string;
  readonly attempt?: number;
  readonly data: Json;
  readonly actor: string;
  readonly at: string;
}

export interface SagaFilter {
  readonly status?: readonly SagaStatus[];
  readonly style?: Style;
  readonly definition?: string;
  /** A saga id or its last characters, an order id, a customer id. */
  readonly search?: string;
  readonly correlationId?: string;
  readonly cursor?: string;
  readonly limit?: number;
}
