import type { z } from 'zod';
import { type StepDefinition } from './step.ts';

/** How people find an instance. Both are indexed and never change. */
export interface SagaKeys {
  /** The business object that the saga is about, for instance an order id. */
  readonly businessKey?: string;
  /** Whom it concerns, for instance a customer id. */
  readonly subject?: string;
}

/** A saga as the engine runs it: all but the type of its input. */
export interface SagaShape {
  readonly name: string;
  /** From 1. An instance stays on the version that it was accepted with. */
  readonly version: number;
  /** In forward order. */
  readonly steps: readonly StepDefinition[];
  /** From its acceptance on; past it, and before its pivot, the saga turns back. */
  readonly deadlineMs?: number;
}

/** A saga as its users know it. Made by `defineSaga`; immutable. */
export interface SagaDefinition<Input = unknown> extends SagaShape {
  readonly input: z.ZodType<Input>;
  readonly keys: (input: Input) => SagaKeys;
}

/** `name@version`: what a worker says it can run. */
export function definitionKey(definition: { name: string; version: number }): string {
  return `${definition.name}@${definition.version}`;
}

export function stepOf(definition: SagaShape, name: string): StepDefinition {
  const step = definition.steps.find((candidate) => candidate.name === name);
  if (!step) {
    throw new TypeError(`Saga ${definitionKey(definition)} has no step "${name}".`);
  }
  return step;
}
