import type { z } from 'zod';
import type { OperationContract } from '../participant/index.ts';
import { SagaBuilder } from './builder.ts';
import type { RetryPolicy } from './retry.ts';
import type { SagaDefinition, SagaKeys } from './saga.ts';
import type { CallContext, ProbeAnswer, RequestContext, StepGroup } from './step.ts';

interface Options {
  /** Overrides single fields of the default policy. */
  readonly retry?: Partial<RetryPolicy>;
  readonly compensationRetry?: Partial<RetryPolicy>;
  /** Per attempt; default 3 000. */
  readonly timeoutMs?: number;
  /** From the first attempt on; past it there is no further one. */
  readonly deadlineMs?: number;
}

type Does<Input, Results, Request, Output> =
  | {
      readonly action: OperationContract<Request, Output>;
      readonly request: (context: RequestContext<Input, Results>) => Request;
    }
  | {
      readonly run: (context: CallContext<Input, Results>) => Promise<Output>;
      /** Asks the far side what became of the key, when no reply has come. */
      readonly probe?: (context: CallContext<Input, Results>) => Promise<ProbeAnswer<Output>>;
    };

/**
 * An action with its counter-step, both of one kind: the barrier links an operation to the operation
 * that undoes it, and would find nothing to undo of a plain function.
 */
type DoesAndUndoes<Input, Results, Name extends string, Request, Output, Undo> =
  | {
      readonly action: OperationContract<Request, Output>;
      readonly request: (context: RequestContext<Input, Results>) => Request;
      readonly compensation: OperationContract<Undo, unknown>;
      readonly compensationRequest: (
        context: RequestContext<Input, Partial<With<Results, Name, Output>>>,
      ) => Undo;
    }
  | {
      readonly run: (context: CallContext<Input, Results>) => Promise<Output>;
      /** Asks the far side what became of the key, when no reply has come. */
      readonly probe?: (context: CallContext<Input, Results>) => Promise<ProbeAnswer<Output>>;
      readonly undo: (
        context: CallContext<Input, Partial<With<Results, Name, Output>>>,
      ) => Promise<unknown>;
    };

type With<Results, Name extends string, Output> = Results & { readonly [K in Name]: Output };

/** A time to wait for: so many milliseconds, or until a moment that inputs and results give. */
type Sleep<Input, Results> =
  | { readonly forMs: number }
  | { readonly until: (context: RequestContext<Input, Results>) => Date };

interface Signal<Payload, OnTimeout> {
  /** What a sender must send; anything else is refused at the door. */
  readonly schema: z.ZodType<Payload>;
  /** Waits no longer than this; default: for ever. */
  readonly timeoutMs?: number;
  /** Default `turn-back`. With `continue` the result is `null` when no signal came in time. */
  readonly onTimeout?: OnTimeout;
}

type OnTimeout = 'turn-back' | 'continue';
type Received<Payload, When> = When extends 'continue' ? Payload | null : Payload;

/** Before the pivot: each step brings its counter-step. */
interface Compensatable<Input, Results> extends Finished<Input> {
  step<Name extends string, Request, Output, Undo>(
    name: Name,
    step: DoesAndUndoes<Input, Results, Name, Request, Output, Undo> & Options,
  ): Compensatable<Input, With<Results, Name, Output>>;
  /** Steps that run at once; none sees the results of another. Undone at once unless `undo` says `reverse`. */
  parallel<Added>(
    name: string,
    steps: (group: CompensatableGroup<Input, Results, object>) => Group<Added>,
    options?: { readonly undo?: StepGroup['undo'] },
  ): Compensatable<Input, Results & Added>;
  /** Waits for a time. Survives every restart; while it waits it costs nothing. */
  sleep(name: string, time: Sleep<Input, Results>): Compensatable<Input, Results>;
  /** Waits for a signal of this name, for instance a person's approval. */
  waitFor<Name extends string, Payload, When extends OnTimeout = 'turn-back'>(
    name: Name,
    signal: Signal<Payload, When>,
  ): Compensatable<Input, With<Results, Name, Received<Payload, When>>>;
  /** The point of no return. At most one; only retriable steps may follow. */
  pivot<Name extends string, Request, Output>(
    name: Name,
    step: Does<Input, Results, Request, Output> & Options,
  ): Retriable<Input, With<Results, Name, Output>>;
}

/** Past the pivot: forward only. */
interface Retriable<Input, Results> extends Finished<Input> {
  retriable<Name extends string, Request, Output>(
    name: Name,
    step: Does<Input, Results, Request, Output> & Options,
  ): Retriable<Input, With<Results, Name, Output>>;
  parallel<Added>(
    name: string,
    steps: (group: RetriableGroup<Input, Results, object>) => Group<Added>,
  ): Retriable<Input, Results & Added>;
  sleep(name: string, time: Sleep<Input, Results>): Retriable<Input, Results>;
  waitFor<Name extends string, Payload>(
    name: Name,
    signal: Signal<Payload, 'continue'>,
  ): Retriable<Input, With<Results, Name, Payload | null>>;
}

/** Carries the types of a group's results, and nothing else. */
interface Group<Added> {
  readonly results?: Added;
}

interface CompensatableGroup<Input, Results, Added> extends Group<Added> {
  step<Name extends string, Request, Output, Undo>(
    name: Name,
    step: DoesAndUndoes<Input, Results, Name, Request, Output, Undo> & Options,
  ): CompensatableGroup<Input, Results, With<Added, Name, Output>>;
  sleep(name: string, time: Sleep<Input, Results>): CompensatableGroup<Input, Results, Added>;
  waitFor<Name extends string, Payload, When extends OnTimeout = 'turn-back'>(
    name: Name,
    signal: Signal<Payload, When>,
  ): CompensatableGroup<Input, Results, With<Added, Name, Received<Payload, When>>>;
}

interface RetriableGroup<Input, Results, Added> extends Group<Added> {
  retriable<Name extends string, Request, Output>(
    name: Name,
    step: Does<Input, Results, Request, Output> & Options,
  ): RetriableGroup<Input, Results, With<Added, Name, Output>>;
  sleep(name: string, time: Sleep<Input, Results>): RetriableGroup<Input, Results, Added>;
  waitFor<Name extends string, Payload>(
    name: Name,
    signal: Signal<Payload, 'continue'>,
  ): RetriableGroup<Input, Results, With<Added, Name, Payload | null>>;
}

interface Finished<Input> {
  /** Checks the definition as a whole and returns it, or throws a `DefinitionError` that names the culprit. */
  build(): SagaDefinition<Input>;
}

interface Header<Input> {
  readonly name: string;
  readonly version: number;
  readonly input: z.ZodType<Input>;
  readonly keys?: (input: Input) => SagaKeys;
  /** From its acceptance on; past it, and before its pivot, the saga turns back. */
  readonly deadlineMs?: number;
}

/**
 * Begins the definition of a saga. Inputs and the outputs of earlier steps are inferred in every
 * later step; a pivot followed by a compensatable step, or a second pivot, does not compile.
 */
export function defineSaga<Input>(header: Header<Input>): Compensatable<Input, object> {
  // The builder keeps no types: these interfaces are all that a caller sees of it.
  return new SagaBuilder(header) as unknown as Compensatable<Input, object>;
}
