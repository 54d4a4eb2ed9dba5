import type { z } from 'zod';
import type { OperationContract } from '../participant/index.ts';
import { checkDefinition, DefinitionError, isSpan } from './check.ts';
import { defaultCompensationRetry, defaultRetry, type RetryPolicy } from './retry.ts';
import type { SagaDefinition, SagaKeys } from './saga.ts';
import type {
  CallContext,
  FunctionWork,
  ProbeAnswer,
  RequestContext,
  SleepWork,
  StepClass,
  StepDefinition,
  StepGroup,
  Work,
} from './step.ts';

interface Header<Input> {
  readonly name: string;
  readonly version: number;
  readonly input: z.ZodType<Input>;
  readonly keys?: (input: Input) => SagaKeys;
  readonly deadlineMs?: number;
}

interface ErasedStep {
  readonly action?: OperationContract;
  readonly request?: (context: RequestContext<never, never>) => unknown;
  readonly run?: (context: CallContext<never, never>) => Promise<unknown>;
  readonly probe?: (context: CallContext<never, never>) => Promise<ProbeAnswer>;
  readonly compensation?: OperationContract;
  readonly compensationRequest?: (context: RequestContext<never, never>) => unknown;
  readonly undo?: (context: CallContext<never, never>) => Promise<unknown>;
  readonly retry?: Partial<RetryPolicy>;
  readonly compensationRetry?: Partial<RetryPolicy>;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
}

type ErasedSleep =
  { readonly forMs: number } | { readonly until: (context: RequestContext<never, never>) => Date };

interface ErasedSignal {
  readonly schema: z.ZodType;
  readonly timeoutMs?: number;
  readonly onTimeout?: 'turn-back' | 'continue';
}

type Unplaced = Omit<StepDefinition, 'stage' | 'group'>;

/** What steps a saga and a group have in common; a subclass says where a step goes. */
abstract class StepList<Self> {
  protected abstract add(step: Unplaced): Self;

  step(name: string, step: ErasedStep): Self {
    return this.add(called('compensatable', name, step));
  }

  retriable(name: string, step: ErasedStep): Self {
    return this.add(called('retriable', name, step));
  }

  sleep(name: string, time: ErasedSleep): Self {
    if ('forMs' in time && !isSpan(time.forMs)) {
      throw new DefinitionError(`The sleep "${name}" lasts ${time.forMs} ms; it must be above 0.`);
    }
    const until: SleepWork['until'] = 'until' in time ? time.until : () => time.forMs;
    return this.add(waiting(name, { kind: 'sleep', until }));
  }

  waitFor(name: string, signal: ErasedSignal): Self {
    const { schema, timeoutMs, onTimeout = 'turn-back' } = signal;
    const limit = timeoutMs === undefined ? {} : { timeoutMs };
    return this.add(waiting(name, { kind: 'signal', schema, onTimeout, ...limit }));
  }
}

/** The builder behind `defineSaga`, its types erased. */
export class SagaBuilder<Input> extends StepList<SagaBuilder<Input>> {
  readonly #header: Header<Input>;
  readonly #steps: readonly StepDefinition[];

  constructor(header: Header<Input>, steps: readonly StepDefinition[] = []) {
    super();
    this.#header = header;
    this.#steps = steps;
  }

  pivot(name: string, step: ErasedStep): SagaBuilder<Input> {
    return this.add(called('pivot', name, step));
  }

  parallel(
    name: string,
    fill: (group: GroupBuilder) => GroupBuilder,
    { undo = 'together' }: { readonly undo?: StepGroup['undo'] } = {},
  ): SagaBuilder<Input> {
    const group: StepGroup = { name, undo };
    const { steps } = fill(new GroupBuilder());
    if (steps.length === 0) {
      throw new DefinitionError(`Saga "${this.#header.name}": the group "${name}" has no steps.`);
    }
    return this.#with(steps.map((step) => ({ ...step, group })));
  }

  build(): SagaDefinition<Input> {
    const { keys = () => ({}), ...header } = this.#header;
    const definition = { ...header, keys, steps: this.#steps };
    checkDefinition(definition);
    return Object.freeze(definition);
  }

  protected add(step: Unplaced): SagaBuilder<Input> {
    return this.#with([step]);
  }

  #with(steps: readonly (Unplaced & { readonly group?: StepGroup })[]): SagaBuilder<Input> {
    const stage = (this.#steps.at(-1)?.stage ?? -1) + 1;
    const placed = steps.map((step) => ({ ...step, stage }));
    return new SagaBuilder(this.#header, [...this.#steps, ...placed]);
  }
}

class GroupBuilder extends StepList<GroupBuilder> {
  readonly steps: readonly Unplaced[];

  constructor(steps: readonly Unplaced[] = []) {
    super();
    this.steps = steps;
  }

  protected add(step: Unplaced): GroupBuilder {
    return new GroupBuilder([...this.steps, step]);
  }
}

function called(stepClass: StepClass, name: string, step: ErasedStep): Unplaced {
  const action = work(step.action, step.request, step.run, step.probe);
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
    ...(step.deadlineMs !== undefined && { deadlineMs: step.deadlineMs }),
  };
}

function waiting(name: string, action: Exclude<StepDefinition['action'], Work>): Unplaced {
  return {
    name,
    class: 'wait',
    action,
    compensation: undefined,
    retry: defaultRetry,
    compensationRetry: defaultCompensationRetry,
    timeoutMs: 3_000,
  };
}

function work(
  operation: OperationContract | undefined,
  request: ((context: RequestContext<never, never>) => unknown) | undefined,
  run: FunctionWork['run'] | undefined,
  probe?: FunctionWork['probe'],
): Work | undefined {
  if (operation && request) return { kind: 'operation', operation, request };
  return run && { kind: 'function', run, ...(probe && { probe }) };
}
