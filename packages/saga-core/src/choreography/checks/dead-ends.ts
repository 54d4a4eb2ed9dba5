import type { FlowShape } from '../flow.ts';
import { actionOf, forwardFrom, reactionsTo, sourcesOf } from '../walks.ts';
import { type Check, listOf } from './check.ts';

/** A leaf is an end as long as other branches reach the rest; only then is it a dead one. */
export const deadEnds: Check = (flow) => {
  const { start, definition } = flow;
  const reached = forwardFrom(flow, start.type);
  const missing = definition.steps
    .map(({ name }) => name)
    .filter((name) => !reached.some(({ step }) => step === name));
  const [next] = missing;
  if (next === undefined) return [];
  if (reached.length === 0) {
    return [`${start.type} is unhandled: it starts the flow, but ${whyNot(flow, next)}.`];
  }
  const at = (name: string) => definition.steps.findIndex((step) => step.name === name);
  const leaves = reached
    .filter(({ applied }) => reactionsTo(flow, applied.event.type).length === 0)
    .sort((a, b) => at(a.step) - at(b.step));
  // The branch that the missing step is listed after is the one that somebody meant to go on.
  const leaf = leaves.findLast(({ step }) => at(step) < at(next)) ?? leaves.at(-1);
  if (!leaf) return [];
  return [
    `${leaf.applied.event.type} of "${leaf.step}" is a dead end: nobody goes on from it, and ` +
      `${listOf(missing)} ${missing.length === 1 ? 'remains' : 'remain'}; ${whyNot(flow, next)}.`,
  ];
};

function whyNot(flow: FlowShape, step: string): string {
  const action = actionOf(flow, step);
  if (!action) return `no service reacts with step "${step}"`;
  const { type } = action.on;
  const isEmitted = sourcesOf(flow).some(({ event }) => event.type === type);
  return `"${step}" waits for ${type}, which ${isEmitted ? 'is never reached' : 'nobody emits'}`;
}
