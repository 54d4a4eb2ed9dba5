import type { FlowShape } from './flow.ts';
import type { Reaction } from './reaction.ts';
import { actionOf, backFrom, forwardFrom, reactionsTo } from './walks.ts';

/** One event that turns a saga back, and what its reactions make of it. */
export interface Failure {
  readonly type: string;
  /** Steps that emit it. */
  readonly steps: readonly string[];
  /** Steps whose effect may be there then: all but the one that failed and those after it. */
  readonly owed: readonly string[];
  readonly undone: readonly Reaction[];
  /** Owed, but never undone. */
  readonly missing: readonly string[];
  /** Events after which nobody reacts; the event itself when nobody reacts to it. */
  readonly ends: readonly string[];
}

/** Every failure of a flow without cycles, in the order of its reactions. */
export function failuresOf(flow: FlowShape): readonly Failure[] {
  const types = flow.reactions.flatMap(({ rejected }) => (rejected ? [rejected.event.type] : []));
  return [...new Set(types)].map((type) => {
    const steps = flow.reactions
      .filter(({ rejected }) => rejected?.event.type === type)
      .map(({ step }) => step);
    const owed = [...new Set(steps.flatMap((step) => owedBy(flow, step)))];
    const undone = backFrom(flow, type);
    const missing = owed.filter((name) => !undone.some(({ step }) => step === name));
    const told = [...new Set([type, ...undone.map(({ applied }) => applied.event.type)])];
    const ends = told.filter((event) => reactionsTo(flow, event).length === 0);
    return { type, steps, owed, undone, missing, ends };
  });
}

/** On another branch a step may have happened by then or not; its undo is right in both cases. */
function owedBy(flow: FlowShape, failed: string): readonly string[] {
  const action = actionOf(flow, failed);
  const later = action ? forwardFrom(flow, action.applied.event.type).map(({ step }) => step) : [];
  return flow.definition.steps
    .filter(({ compensation, name }) => compensation && name !== failed && !later.includes(name))
    .map(({ name }) => name);
}
