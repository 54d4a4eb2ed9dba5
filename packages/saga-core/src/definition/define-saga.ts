import type { z } from 'zod';
import type { OperationContract } from '../participant/index.ts';
import { checkDefinition } from './check.ts';
import { defaultCompensationRetry, defaultRetry, type RetryPolicy } from './retry.ts';
import type { SagaDefinition, SagaKeys } from './saga.ts';
import type { CallContext, RequestContext, StepClass, StepDefinition, Work } from './step.ts';

interface Options {
  /** Overrides single fields of the default policy. */
  readonly retry?: Partial<RetryPolicy>;
  readonly compensationRetry?: Partial<RetryPolicy>;
  /** Per attempt; default 3 000. */
  readonly timeoutMs?: number;
}

type Does<Input, Results, Request, Output> =
  | {
      readonly action: OperationContract<Request, Output>;
      readonly request: (context: RequestContext<Input, Results>) => Request;
    }
  | { readonly run: (context: CallContext<Input, Results>) => Promise<Output> };

type Undoes<Input, Results, Undo> =
  | {
      readonly compensation: OperationContract<Undo, unknown>;
      readonly compensationRequest: (context: RequestContext<Input, Partial<Results>>) => Undo;
    }
  | { readonly undo: (context: CallContext<Input, Partial<Results>>) => Promise<unknown> };

type With<Results, Name extends string, Output> = Results & { readonly [K in Name]: Output };

/** Before the pivot: each step brings its counter-step. */
interface Compensatable<Input, Results> extends Finished<Input> {
  step<Name extends string, Request, Output, Undo>(
    name: Name,
    step: Does<Input, Results, Request, Output> &
      Undoes<Input, With<Results, Name, Output>, Undo> &
      Options,
  ): Compensatable<Input, With<Results, Name, Output>>;
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
}

/**
 * Begins the definition of a saga. Inputs and the outputs of earlier steps are inferred in every
 * later step; a pivot followed by a compensatable step, or a second pivot, does not compile.
 */
export function defineSaga<Input>(header: Header<Input>): Compensatable<Input, object> {
  return new Builder(header) as Compensatable<Input, object>;
}

interface ErasedStep extends Options {
  readonly action?: OperationContract;
  readonly request?: (context: RequestContext<never, never>) => unknown;
  readonly run?: (context: CallContext<never, never>) => Promise<unknown>;
  readonly compensation?: OperationContract;
  readonly compensationRequest?: (context: RequestContext<never, never>) => unknown;
  readonly undo?: (context: CallContext<never, never>) => Promise<unknown>;
}

class Builder<Input> {
  readonly #header: Header<Input>;
  readonly #steps: readonly StepDefinition[];

  constructor(header: Header<Input>, steps: readonly StepDefinition[] = []) {
    this.#header = header;
    this.#steps = steps;
  }

  step(name: string, step: ErasedStep): Builder<Input> {
    return this.#with('compensatable', name, step);
  }

  pivot(name: string, step: ErasedStep): Builder<Input> {
    return this.#with('pivot', name, step);
  }

  retriable(name: string, step: ErasedStep): Builder<Input> {
    return this.#with('retriable', name, step);
  }

  build(): SagaDefinition<Input> {
    const { name, version, input, keys } = this.#header;
    const definition = { name, version, input, keys: keys ?? (() => ({})), steps: this.#steps };
    checkDefinition(definition);
    return Object.freeze(definition);
  }

  #with(stepClass: StepClass, name: string, step: ErasedStep): Builder<Input> {
    return new Builder(this.#header, [...this.#steps, stepDefinition(stepClass, name, step)]);
  }
}

function stepDefinition(stepClass: StepClass, name: string, step: ErasedStep): StepDefinition {
  const action = work(step.action, step.request, step.run);
  if (!action)
    throw new TypeError(`Step "${name}" has neither an operation nor a function to run.`);
  return {
    name,
    class: stepClass,
    action,
    compensation: work(step.compensation, step.compensationRequest, step.undo),
    retry: { ...defaultRetry, ...step.retry },
    compensationRetry: { ...defaultCompensationRetry, ...step.compensationRetry },
    timeoutMs: step.timeoutMs ?? 3_000,
  };
}

function work(
  operation: OperationContract | undefined,
  request: ((context: RequestContext<never, never>) => unknown) | undefined,
  run: ((context: CallContext<never, never>) => Promise<unknown>) | undefined,
): Work | undefined {
  if (operation && request) return { kind: 'operation', operation, request };
  return run && { kind: 'function', run };
}
