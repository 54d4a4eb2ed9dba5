import type { Json, OperationContract } from '../participant/index.ts';
import type { RetryPolicy } from './retry.ts';

/**
 * compensatable: has a counter-step. pivot: past it there is no way back.
 * retriable: comes after the pivot and must succeed in the end.
 */
export type StepClass = 'compensatable' | 'pivot' | 'retriable';

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

/** Work that a plain async function does, at least once per key. */
export interface FunctionWork {
  readonly kind: 'function';
  readonly run: (context: CallContext<never, never>) => Promise<unknown>;
}

export type Work = OperationWork | FunctionWork;

/** One step of a definition, its types erased. */
export interface StepDefinition {
  readonly name: string;
  readonly class: StepClass;
  readonly action: Work;
  readonly compensation: Work | undefined;
  readonly retry: RetryPolicy;
  readonly compensationRetry: RetryPolicy;
  /** Per attempt, both directions. */
  readonly timeoutMs: number;
}

/** The name under which work is dispatched and shown. */
export function workName(work: Work, fallback: string): string {
  return work.kind === 'operation' ? work.operation.name : fallback;
}

/** Marks an already validated value as JSON; the sanitiser at the participant's boundary has the last word. */
export function asJson(value: unknown): Json {
  return (value ?? null) as Json;
}
