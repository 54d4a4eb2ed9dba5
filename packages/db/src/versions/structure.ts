import type { SagaShape } from '@counterstep/saga-core/definition';
import { hashOf, type Json } from '@counterstep/saga-core/participant';
import { shapeOf, type StepShape } from '../read/shape.ts';

/**
 * What of a step must not change while sagas of its version exist: logs are folded, and what is due
 * planned, by it. Retry policies and timeouts are no part of it; those may be tuned at any time.
 */
const fixed = ['class', 'kind', 'stage', 'group', 'operation', 'counterOperation'] as const;

/** sha256 of a definition's structure, as 64 hexadecimal digits. */
export function definitionHash(definition: SagaShape): string {
  const steps = shapeOf(definition).map((step) =>
    Object.fromEntries((['name', ...fixed] as const).map((field) => [field, step[field]])),
  );
  return hashOf({ name: definition.name, version: definition.version, steps } as Json);
}

/** What differs, one clause for each step, in the order of the new definition; removed steps last. */
export function differences(before: readonly StepShape[], after: readonly StepShape[]): string[] {
  const names = (steps: readonly StepShape[]) => steps.map((step) => step.name);
  const kept = names(before).filter((name) => names(after).includes(name));
  const keptNow = names(after).filter((name) => kept.includes(name));
  const old = new Map(before.map((step) => [step.name, step]));
  const clauses = after.flatMap((step, index) => {
    const previous = old.get(step.name);
    if (!previous) return [`"${step.name}" was added as step ${index + 1}`];
    const isMoved = kept.indexOf(step.name) !== keptNow.indexOf(step.name);
    const place = names(before).indexOf(step.name) + 1;
    return [
      ...(isMoved ? [`"${step.name}" moved from step ${place} to ${index + 1}`] : []),
      ...changes(previous, step, isMoved || before.length !== after.length),
    ];
  });
  const removed = names(before).filter((name) => !names(after).includes(name));
  return [...clauses, ...removed.map((name) => `"${name}" was removed`)];
}

/** @param isShifted stages are counted through, so they say nothing when steps have come or gone */
function changes(before: StepShape, after: StepShape, isShifted: boolean): string[] {
  return fixed
    .filter((field) => !(field === 'stage' && isShifted))
    .filter((field) => words(before[field]) !== words(after[field]))
    .map(
      (field) =>
        `the ${labels[field]} of "${after.name}" was ${words(before[field])} and is ${words(after[field])}`,
    );
}

const labels = {
  class: 'class',
  kind: 'kind',
  stage: 'stage',
  group: 'group',
  operation: 'operation',
  counterOperation: 'counter-operation',
} as const satisfies Record<(typeof fixed)[number], string>;

function words(value: StepShape[(typeof fixed)[number]]): string {
  if (value === null) return 'none';
  return typeof value === 'object' ? `${value.name} (undone ${value.undo})` : `${value}`;
}
