import { DefinitionError, type SagaDefinition } from '../definition/index.ts';
import type { EventContract } from './message.ts';
import type { Reaction } from './reaction.ts';

/** A saga without coordinator: the same steps as an orchestrated one, driven by reactions. */
export interface Choreography<Input = unknown> {
  /** Steps, their classes and limits; shared with the orchestrated style. */
  readonly definition: SagaDefinition<Input>;
  /** The event that accepts a saga. */
  readonly start: EventContract;
  /** Data of that event, and of one that cancels the saga. */
  readonly startData: (input: Input) => unknown;
  readonly reactions: readonly Reaction[];
}

/**
 * Joins the reactions that stand next to each service's code into one flow and checks it: every
 * reaction belongs to a step, is reached from the start, and every event it emits is known once.
 *
 * @throws DefinitionError naming the culprit
 */
export function defineChoreography<Input>(flow: Choreography<Input>): Choreography<Input> {
  const fail = (what: string): never => {
    throw new DefinitionError(`Choreography "${flow.definition.name}": ${what}`);
  };
  const steps = new Map(flow.definition.steps.map((step) => [step.name, step]));
  for (const { step, direction, on, rejected } of flow.reactions) {
    const owner = steps.get(step);
    if (!owner) fail(`the reaction to ${on.type} names "${step}", which is no step of the saga.`);
    if (direction === 'compensation' && rejected) {
      fail(`the counter-step of "${step}" may not answer with ${rejected.event.type}.`);
    }
    if (direction === 'action' && !rejected && owner?.class !== 'retriable') {
      fail(`"${step}" can be rejected, so its reaction to ${on.type} must say what it emits then.`);
    }
  }
  for (const step of flow.definition.steps) {
    const has = (direction: string) =>
      flow.reactions.some((r) => r.step === step.name && r.direction === direction);
    if (!has('action')) fail(`no service reacts with step "${step.name}".`);
    if (step.compensation && !has('compensation')) {
      fail(`no service reacts with the counter-step of "${step.name}".`);
    }
  }
  const reached = reachable(flow);
  for (const { on, step } of flow.reactions) {
    if (!reached.has(on.type)) {
      fail(`the reaction of "${step}" waits for ${on.type}, which nobody emits.`);
    }
  }
  return Object.freeze(flow);
}

function reachable(flow: Pick<Choreography, 'start' | 'reactions'>): Set<string> {
  const reached = new Set([flow.start.type]);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const { on, applied, rejected } of flow.reactions) {
      if (!reached.has(on.type)) continue;
      reached.add(applied.event.type);
      if (rejected) reached.add(rejected.event.type);
    }
  }
  return reached;
}
