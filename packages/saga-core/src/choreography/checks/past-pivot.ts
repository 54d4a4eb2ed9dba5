import { actionOf, forwardFrom } from '../walks.ts';
import type { Check } from './check.ts';

/**
 * The pivot commits for good. What may still say no must therefore have its word before, and what
 * must not fail its turn after; beside the pivot nobody knows which of the two comes first.
 */
export const pastPivot: Check = (flow) => {
  const pivot = flow.definition.steps.find((step) => step.class === 'pivot');
  const commit = pivot && actionOf(flow, pivot.name)?.applied.event.type;
  if (!pivot || !commit) return [];
  const after = new Set(forwardFrom(flow, commit).map(({ step }) => step));
  return flow.definition.steps.flatMap((step) => {
    const action = actionOf(flow, step.name);
    if (!action || step === pivot) return [];
    if (step.class === 'retriable') {
      if (action.rejected) {
        return [
          `"${step.name}" comes after the pivot "${pivot.name}" and must not answer with ` +
            `${action.rejected.event.type}; leave out its rejection.`,
        ];
      }
      if (after.has(step.name)) return [];
      return [
        `"${step.name}" cannot be undone, but reacts to ${action.on.type}, before the pivot ` +
          `"${pivot.name}" has committed. Let it react to ${commit} or to what follows.`,
      ];
    }
    const leads = forwardFrom(flow, action.applied.event.type).some((r) => r.step === pivot.name);
    if (leads) return [];
    const where = after.has(step.name) ? 'is followed by' : 'runs beside';
    return [
      `the pivot "${pivot.name}" ${where} "${step.name}", which may be rejected when nothing can be ` +
        `undone any more. Let "${pivot.name}" follow from ${action.applied.event.type}.`,
    ];
  });
};
