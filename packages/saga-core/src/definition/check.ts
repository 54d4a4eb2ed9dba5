import { defaultRetry, type RetryPolicy } from './retry.ts';
import type { StepDefinition } from './step.ts';

/** A definition that cannot keep the promise of a saga. The message names the culprit and the mend. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}

/** Longest timeout of an attempt: a worker that is silent for longer has lost its lease. */
const timeoutMsMax = 600_000;

/** What the types cannot say, or what was written without them. */
export function checkDefinition(definition: {
  name: string;
  version: number;
  steps: readonly StepDefinition[];
}): void {
  const fail = (what: string): never => {
    throw new DefinitionError(`Saga "${definition.name}": ${what}`);
  };
  if (!/^[a-z][a-z0-9-]*$/.test(definition.name)) {
    fail('the name must be lower case letters, digits and hyphens.');
  }
  if (!Number.isInteger(definition.version) || definition.version < 1) {
    fail(`version ${definition.version} must be a whole number from 1.`);
  }
  if (definition.steps.length === 0) fail('it has no steps; add at least one.');

  const seen = new Set<string>();
  let pivot: string | undefined;
  for (const step of definition.steps) {
    if (seen.has(step.name))
      fail(`two steps are named "${step.name}"; names are keys, rename one.`);
    seen.add(step.name);
    if (step.class === 'pivot' && pivot) {
      fail(
        `"${step.name}" is a second pivot beside "${pivot}"; a saga has one point of no return.`,
      );
    }
    if (step.class === 'pivot') pivot = step.name;
    if (step.class === 'compensatable') {
      if (pivot) fail(`"${step.name}" comes after the pivot "${pivot}" and must be retriable.`);
      if (!step.compensation) fail(`"${step.name}" has no counter-step; give it a compensation.`);
    }
    if (step.class === 'retriable' && !pivot) {
      fail(`"${step.name}" is retriable but comes before any pivot.`);
    }
    if (!(step.timeoutMs > 0 && step.timeoutMs <= timeoutMsMax)) {
      fail(
        `"${step.name}" has a timeout of ${step.timeoutMs} ms; allowed are 1 to ${timeoutMsMax}.`,
      );
    }
    for (const policy of [step.retry, step.compensationRetry]) {
      if (!isSound(policy)) {
        fail(
          `"${step.name}" has an unusable retry policy; maxAttempts must be 1 to 1000 and delays ` +
            `positive, for instance ${JSON.stringify(defaultRetry)}.`,
        );
      }
    }
  }
}

function isSound(policy: RetryPolicy): boolean {
  const { maxAttempts, initialDelayMs, maxDelayMs } = policy;
  return (
    Number.isInteger(maxAttempts) &&
    maxAttempts >= 1 &&
    maxAttempts <= 1000 &&
    initialDelayMs > 0 &&
    maxDelayMs >= initialDelayMs
  );
}
