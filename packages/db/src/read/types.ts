import type { StepAction, StepClass, StepGroup } from '@counterstep/saga-core/definition';
import type {
  Backward,
  Forward,
  OperatorAction,
  SagaStatus,
  Stall,
  Style,
} from '@counterstep/saga-core/machine';
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
  /** Choreography: something that had to follow is overdue. */
  readonly stalled: boolean;
  /** Choreography: an orchestrator has taken it over. */
  readonly takenOver: boolean;
  /** The effect of some step may have happened; nobody has said yet. */
  readonly inDoubt: boolean;
  /** The business object, for place-order the order id. */
  readonly businessKey: string | null;
  /** Whom it concerns, for place-order the customer id. */
  readonly subject: string | null;
  /** What sagas that belong together share: a launch's id, or the id of the saga placed first. */
  readonly correlationId: string | null;
  readonly input: Json;
  readonly steps: readonly StepCell[];
  /** The step that the saga is at, with the attempt and, when it waits, the time of the next one. */
  readonly current?: {
    readonly step: string;
    readonly direction: Direction;
    readonly attempt: number;
    readonly retryAt?: string;
    /** It waits for a time or a signal; `until` is absent when it waits for ever. */
    readonly waitsFor?: 'timer' | 'signal';
    readonly until?: string;
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
  readonly class: StepClass;
  readonly kind: StepAction['kind'];
  /** Steps of one stage run at once; from 0. */
  readonly stage: number;
  readonly group?: StepGroup;
  readonly attempts: number;
  readonly compensationAttempts: number;
  readonly maxAttempts: number;
  readonly maxCompensationAttempts: number;
  readonly timeoutMs: number;
  readonly request?: Json;
  readonly output?: Json;
  readonly error?: Failure;
  readonly nextRetryAt?: string;
  /** It waits for a time or a signal; `until` is absent when it waits for ever. */
  readonly waitsFor?: 'timer' | 'signal';
  readonly until?: string;
  /** No further attempt after this moment. */
  readonly deadlineAt?: string;
  /** What became of it is an operator's word. */
  readonly byHand?: true;
}

export interface SagaDetail extends Omit<SagaSummary, 'steps'> {
  readonly steps: readonly StepDetail[];
  readonly owner: string | null;
  readonly fence: number;
  /** The saga turns back if it has not passed its pivot by then. */
  readonly deadlineAt?: string;
  /** What is overdue, from whom, and where it has got to. */
  readonly stall?: Stall;
  /** Rises when the log is written anew: what a reader has is of another one. */
  readonly logGeneration: number;
  /** Why nobody works on it although it is due. */
  readonly waitingBecause?: string;
  /** An operator's possible acts; a reason when one is not possible now. */
  readonly actions: readonly { readonly action: ActionName; readonly disabledBecause?: string }[];
}

export type ActionName = OperatorAction | 'takeOver' | 'cancel' | 'pause' | 'resume';

/** One event of a saga's log. */
export interface LogEvent {
  readonly seq: number;
  readonly type: string;
  readonly step?: string;
  readonly attempt?: number;
  readonly data: Json;
  readonly actor: string;
  readonly at: string;
  /** Choreography: the message that it was folded from. */
  readonly messageId?: string;
}

/** Sagas in flight by what they are about, across statuses. */
export const sagaViews = [
  'active',
  'retrying',
  'unknown',
  'waiting',
  'paused',
  'stalled',
] as const satisfies readonly string[];

export type SagaView = (typeof sagaViews)[number];

/**
 * `urgent`: stuck, stalled, the rest; `cause`: by what they are stuck at. Oldest first
 * within each.
 */
export const sagaOrders = ['urgent', 'newest', 'oldest', 'cause'] as const;

export type SagaOrder = (typeof sagaOrders)[number];

export interface SagaFilter {
  readonly status?: readonly SagaStatus[];
  readonly view?: SagaView;
  readonly style?: Style;
  /** Only those in which something is overdue, or only the others. */
  readonly stalled?: boolean;
  readonly definition?: string;
  /** A saga id or its last characters, the beginning of an order's id or of a customer's. */
  readonly search?: string;
  readonly correlationId?: string;
}

export interface SagaPage extends SagaFilter {
  /** Newest first unless it says otherwise. */
  readonly order?: SagaOrder;
  readonly cursor?: string;
  readonly limit?: number;
}

/** How many sagas there are, by status and by view. */
export type SagaCounts = Readonly<Record<SagaStatus | Exclude<SagaView, 'active'>, number>>;

/** Stuck sagas that stand at the same step, going the same way, with the same error. */
export interface StuckCause {
  readonly definition: string;
  readonly step: string;
  readonly operation: string;
  readonly direction: Direction;
  readonly code: string;
  /** What one of them was told. */
  readonly message: string;
  readonly count: number;
  readonly inDoubt: number;
  readonly isPastPivot: boolean;
  readonly isPivot: boolean;
  /** Made by the one of them with the fewest, and with the most. */
  readonly attemptsMin: number;
  readonly attemptsMax: number;
  readonly oldestAt: string;
}
