import type { z } from 'zod';
import type { Json, OperationContract } from '../participant/index.ts';
import type { RetryPolicy } from './retry.ts';

/**
 * compensatable: has a counter-step. pivot: past it there is no way back.
 * retriable: comes after the pivot and must succeed in the end.
 * wait: waits for a time or a signal; it has no effect, so there is nothing to undo.
 */
export type StepClass = 'compensatable' | 'pivot' | 'retriable' | 'wait';

/** What a request is made of: everything here is in the log, so it is the same on every worker. */
export interface RequestContext<Input, Results> {
  readonly input: Input;
  /** Outputs of the steps that have succeeded so far, by step name. */
  readonly results: Results;
}

/** What a plain function gets beside that. Its promise: called at least once, always under the same key. */
export interface CallContext<Input, Results> extends RequestContext<Input, Results> {
  /** Stable over retries: hand it to the far side as its idempotency key. */
  readonly key: string;
  readonly attempt: number;
  /** Aborts at the step's timeout. */
  readonly signal: AbortSignal;
}

/** Work that a participant does behind its barrier, exactly once per key. */
export interface OperationWork {
  readonly kind: 'operation';
  readonly operation: OperationContract;
  readonly request: (context: RequestContext<never, never>) => unknown;
}

/**
 * What a probe has found out about an action whose reply never came. `done: false` is a promise: the far
 * side refuses the key from then on, also to a call that is still under way.
 */
export type ProbeAnswer<Output = unknown> =
  { readonly done: true; readonly output: Output } | { readonly done: false };

/** Work that a plain async function does, at least once per key. */
export interface FunctionWork {
  readonly kind: 'function';
  readonly run: (context: CallContext<never, never>) => Promise<unknown>;
  /** Asks the far side what became of the key; without it only an operator can tell. */
  readonly probe?: (context: CallContext<never, never>) => Promise<ProbeAnswer>;
}

/** Something that is called. */
export type Work = OperationWork | FunctionWork;

/** Waits until a time that is fixed when the step begins. */
export interface SleepWork {
  readonly kind: 'sleep';
  /** Milliseconds from now, or the moment itself. */
  readonly until: (context: RequestContext<never, never>) => number | Date;
}

/** Waits for a message from outside, under the step's name. */
export interface SignalWork {
  readonly kind: 'signal';
  readonly schema: z.ZodType;
  /** Waits no longer than this; absent: for ever. */
  readonly timeoutMs?: number;
  /** `turn-back`: counts as a rejection. `continue`: goes on with `null`. */
  readonly onTimeout: 'turn-back' | 'continue';
}

export type StepAction = Work | SleepWork | SignalWork;

/** Steps that run at once. */
export interface StepGroup {
  readonly name: string;
  /** `together`: all counter-steps at once. `reverse`: one after the other, last dispatched first. */
  readonly undo: 'together' | 'reverse';
}

/** One step of a definition, its types erased. */
export interface StepDefinition {
  readonly name: string;
  readonly class: StepClass;
  readonly action: StepAction;
  readonly compensation: Work | undefined;
  readonly retry: RetryPolicy;
  readonly compensationRetry: RetryPolicy;
  /** Per attempt, both directions. */
  readonly timeoutMs: number;
  /** From the first attempt on; past it there is no further one. */
  readonly deadlineMs?: number;
  /** Position in the order of the saga, from 0; steps of one stage run at once. */
  readonly stage: number;
  readonly group?: StepGroup;
}

/** The name under which work is dispatched and shown. */
export function workName(work: StepAction, fallback: string): string {
  return work.kind === 'operation' ? work.operation.name : fallback;
}

/** Marks an already validated value as JSON; the sanitiser at the participant's boundary has the last word. */
export function asJson(value: unknown): Json {
  return (value ?? null) as Json;
}
