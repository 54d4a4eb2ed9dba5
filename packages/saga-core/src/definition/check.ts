import { defaultRetry, type RetryPolicy } from './retry.ts';
import type { StepDefinition } from './step.ts';

/** A definition that cannot keep the promise of a saga. The message names the culprit and the mend. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}

/** Longest timeout of an attempt. Longer work is a step that starts it and a signal that ends it. */
const timeoutMsMax = 600_000;
/** Longest deadline or wait: ten years. Longer ones are a mistake in the unit. */
const waitMsMax = 10 * 365 * 24 * 3_600_000;

type Fail = (what: string) => never;

/** What the types cannot say, or what was written without them. */
export function checkDefinition(definition: {
  name: string;
  version: number;
  steps: readonly StepDefinition[];
  deadlineMs?: number;
}): void {
  const { name, version, steps, deadlineMs } = definition;
  const fail: Fail = (what) => {
    throw new DefinitionError(`Saga "${name}": ${what}`);
  };
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    fail('the name must be lower case letters, digits and hyphens.');
  }
  if (!Number.isInteger(version) || version < 1) {
    fail(`version ${version} must be a whole number from 1.`);
  }
  if (steps.length === 0) fail('it has no steps; add at least one.');
  if (!isSpan(deadlineMs)) fail(`the deadline of ${deadlineMs} ms must be above 0, in ms.`);
  checkOrder(steps, fail);
  for (const step of steps) {
    checkTimes(step, fail);
    checkWait(step, steps, fail);
  }
}

/** Names, and the order of the classes around the pivot. */
function checkOrder(steps: readonly StepDefinition[], fail: Fail): void {
  const seen = new Set<string>();
  let pivot: string | undefined;
  for (const step of steps) {
    if (step.name.trim() === '') fail('a step has no name; names are keys, give it one.');
    if (step.name === '__proto__') fail('no step can be named "__proto__"; rename it.');
    if (seen.has(step.name))
      fail(`two steps are named "${step.name}"; names are keys, rename one.`);
    seen.add(step.name);
    if (step.class === 'pivot') {
      if (pivot) {
        fail(
          `"${step.name}" is a second pivot beside "${pivot}"; a saga has one point of no return.`,
        );
      }
      if (step.group) fail(`the pivot "${step.name}" cannot be in a group; it decides alone.`);
      pivot = step.name;
    }
    if (step.class === 'compensatable') {
      if (pivot) fail(`"${step.name}" comes after the pivot "${pivot}" and must be retriable.`);
      if (!step.compensation) fail(`"${step.name}" has no counter-step; give it a compensation.`);
      else if (step.compensation.kind !== step.action.kind) {
        fail(
          `"${step.name}" is one of an operation and a plain function, and undone by the other; the ` +
            'barrier would find nothing to undo. Give both the same kind.',
        );
      }
    }
    if (step.class === 'retriable' && !pivot) {
      fail(`"${step.name}" is retriable but comes before any pivot.`);
    }
  }
}

function checkTimes(step: StepDefinition, fail: Fail): void {
  if (!(step.timeoutMs > 0 && step.timeoutMs <= timeoutMsMax)) {
    fail(
      `"${step.name}" has a timeout of ${step.timeoutMs} ms; allowed are 1 to ${timeoutMsMax}. ` +
        'For longer work, start it in one step and wait for its signal in the next.',
    );
  }
  if (!isSpan(step.deadlineMs)) {
    fail(`"${step.name}" has a deadline of ${step.deadlineMs} ms; it must be above 0, in ms.`);
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

function checkWait(step: StepDefinition, steps: readonly StepDefinition[], fail: Fail): void {
  const { name, action } = step;
  if (action.kind !== 'signal') return;
  if (!isSpan(action.timeoutMs)) {
    fail(
      `the signal "${name}" has a timeout of ${action.timeoutMs} ms; it must be above 0, in ms.`,
    );
  }
  const pivot = steps.find((other) => other.class === 'pivot');
  const isPast = pivot !== undefined && pivot.stage < step.stage;
  if (isPast && action.timeoutMs !== undefined && action.onTimeout === 'turn-back') {
    fail(
      `the signal "${name}" comes after the pivot "${pivot.name}", where nothing turns back: ` +
        "give it onTimeout: 'continue', or no timeout.",
    );
  }
}

/** Absent, or a length of time that somebody can mean. */
export function isSpan(ms: number | undefined): boolean {
  return ms === undefined || (ms > 0 && ms <= waitMsMax);
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
