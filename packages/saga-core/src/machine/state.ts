import type { Direction, Failure, Json } from '../participant/index.ts';
import type { Stall, TurnReason } from './event.ts';

/** Where a saga as a whole stands. Only `stuck` and `compensating` carry more than their name. */
export type Phase =
  | { readonly status: 'pending' }
  | { readonly status: 'running' }
  | { readonly status: 'committed' }
  | { readonly status: 'compensating' }
  | {
      readonly status: 'stuck';
      readonly direction: Direction;
      readonly step: string;
      readonly error: Failure;
      /** Where an operator's retry returns to. */
      readonly from: 'running' | 'committed' | 'compensating';
    }
  | { readonly status: 'completed' }
  | { readonly status: 'compensated' }
  | { readonly status: 'resolved' };

export type SagaStatus = Phase['status'];

export const sagaStatuses = [
  'pending',
  'running',
  'committed',
  'compensating',
  'stuck',
  'completed',
  'compensated',
  'resolved',
] as const satisfies readonly SagaStatus[];

export const terminalStatuses = ['completed', 'compensated', 'resolved'] as const;

export function isTerminal(status: SagaStatus): boolean {
  return (terminalStatuses as readonly SagaStatus[]).includes(status);
}

/** What a step that is not under way waits for. */
export type Waiting =
  | {
      readonly status: 'waiting';
      readonly for: 'retry';
      readonly retryAt: string;
      readonly error: Failure;
    }
  | { readonly status: 'waiting'; readonly for: 'timer'; readonly fireAt: string }
  /** `until` null: for ever. */
  | { readonly status: 'waiting'; readonly for: 'signal'; readonly until: string | null };

/** The way forward of one step. */
export type Forward =
  | { readonly status: 'pending' }
  | { readonly status: 'dispatched' }
  | Waiting
  | { readonly status: 'succeeded'; readonly output: Json }
  | {
      readonly status: 'failed';
      readonly failure: 'business' | 'transient' | 'closed';
      readonly error: Failure;
    }
  /** `unstorable`: it has happened, but what it returned cannot be kept. */
  | { readonly status: 'unknown'; readonly error: Failure; readonly unstorable?: true };

/** The way back of one step; absent until its counter-step is first sent. */
export type Backward =
  | { readonly status: 'compensating' }
  | { readonly status: 'compensation-waiting'; readonly retryAt: string; readonly error: Failure }
  | { readonly status: 'compensated' }
  | { readonly status: 'null-compensated' }
  | { readonly status: 'compensation-failed'; readonly error: Failure }
  | { readonly status: 'compensation-skipped' };

/** What an operator has said of an outcome that nobody knows; the key is closed before it counts. */
export type Verdict = { readonly as: 'done'; readonly output: Json } | { readonly as: 'not-done' };

export interface StepState {
  readonly forward: Forward;
  readonly backward?: Backward | undefined;
  /** Attempts so far, forward. */
  readonly attempts: number;
  readonly compensationAttempts: number;
  /** Failed attempts that count against the budget of the present direction. */
  readonly spent: number;
  readonly generation: number;
  /** How often a new owner had to send the present attempt again. */
  readonly recoveries: number;
  /** An attempt ended without answer and nothing authoritative has come since. */
  readonly inDoubt: boolean;
  /** The request as first sent; retries send this, never a recomputed one. */
  readonly request?: Json | undefined;
  readonly compensationRequest?: Json | undefined;
  /** No further attempt after this moment. */
  readonly deadlineAt?: string | undefined;
  /** An operator settled it by hand once its key is closed. */
  readonly skipped: boolean;
  readonly verdict?: Verdict;
  /** What became of it is an operator's word; such a saga ends `resolved`. */
  readonly byHand?: true;
}

/** The fold of a saga's log. */
export interface SagaState {
  readonly phase: Phase;
  readonly seq: number;
  readonly input: Json;
  readonly steps: Readonly<Record<string, StepState>>;
  /** Names of the steps in the order of their first dispatch. */
  readonly dispatched: readonly string[];
  readonly turnReason?: TurnReason;
  /** A cancel that has been asked for; `refused` once the pivot has committed. */
  readonly cancel?: { readonly reason: string; readonly refused: boolean };
  readonly paused: boolean;
  readonly pausedAt?: string;
  /** The saga as a whole must have passed its pivot by then. */
  readonly deadlineAt?: string;
  /** Signals that came before they were awaited. */
  readonly signals: Readonly<Record<string, Json>>;
  /** An operator ends the saga by hand; what is in doubt is closed first. */
  readonly resolving?: { readonly reason: string };
  /** An operator has given the way forward up. */
  readonly forced?: { readonly reason: string };
  /** A choreographed saga that has got a coordinator; `fenced` once its services know. */
  readonly takeover?: { readonly epoch: number; readonly fenced: boolean };
  /** Something is overdue; until anything else is heard. */
  readonly stalled?: Stall;
}

export const initialState: SagaState = {
  phase: { status: 'pending' },
  seq: 0,
  input: null,
  steps: {},
  dispatched: [],
  paused: false,
  signals: {},
};

/** It names what comes later, too: a copy that gets a name more costs as much as thirty that do not. */
export const untouchedStep: StepState = {
  forward: { status: 'pending' },
  backward: undefined,
  attempts: 0,
  compensationAttempts: 0,
  spent: 0,
  generation: 1,
  recoveries: 0,
  inDoubt: false,
  request: undefined,
  compensationRequest: undefined,
  deadlineAt: undefined,
  skipped: false,
};

export function stepStateOf(state: SagaState, step: string): StepState {
  // A step may be called what every object has, for instance `constructor`.
  return Object.hasOwn(state.steps, step) ? (state.steps[step] ?? untouchedStep) : untouchedStep;
}

/** Outputs of the steps that have succeeded, by name. */
export function resultsOf(state: SagaState): Record<string, Json> {
  const results: Record<string, Json> = {};
  for (const [name, { forward }] of Object.entries(state.steps)) {
    if (forward.status === 'succeeded') results[name] = forward.output;
  }
  return results;
}

/** Known to have had no effect, and to have none later. */
export function hasNoEffect({ forward }: StepState): boolean {
  return forward.status === 'failed' && forward.failure !== 'transient';
}

/** Sent at least once, and nobody has said for good that it did nothing: it is owed a counter-step. */
export function mayHaveEffect(step: StepState): boolean {
  return (step.forward.status !== 'pending' || step.inDoubt) && !hasNoEffect(step);
}
