import { isSpan, type StepDefinition } from '../../definition/index.ts';
import type { FlowShape } from '../flow.ts';
import type { Reaction } from '../reaction.ts';
import { type Check, nameOf } from './check.ts';

export const steps: Check = (flow) => [
  ...flow.reactions.flatMap((reaction) => {
    const { step: name, on } = reaction;
    const step = flow.definition.steps.find((candidate) => candidate.name === name);
    return step
      ? ofStep(reaction, step)
      : [`the reaction to ${on.type} names "${name}", which is no step of the saga.`];
  }),
  ...flow.reactions.flatMap((reaction, index) => {
    const other = flow.reactions.slice(0, index).find((before) => isSameWork(before, reaction));
    return other ? rivalry(other, reaction) : [];
  }),
  ...waits(flow),
];

/** What one reaction says, against the step that it belongs to. */
function ofStep(reaction: Reaction, step: StepDefinition): string[] {
  const { direction, on, operation, rejected } = reaction;
  const work = direction === 'action' ? step.action : step.compensation;
  if (!work)
    return [`"${step.name}" has no counter-step, yet one reacts to ${on.type}. Remove it.`];
  if (work.kind === 'function') {
    return [
      `${nameOf(reaction)} is a plain function; without a coordinator it must be an operation.`,
    ];
  }
  if (work.kind === 'operation' && work.operation.name !== operation.name) {
    return [
      `${nameOf(reaction)} runs ${operation.name} on ${on.type}, but the saga says ` +
        `${work.operation.name}. Use the same operation in both.`,
    ];
  }
  if (!isSpan(reaction.withinMs)) {
    return [
      `${nameOf(reaction)} is to be heard of within ${reaction.withinMs} ms; give a time above 0, in ms.`,
    ];
  }
  if (direction === 'compensation') {
    return rejected
      ? [`${nameOf(reaction)} may not answer with ${rejected.event.type}: an undo has no "no".`]
      : [];
  }
  return rejected || step.class === 'retriable'
    ? []
    : [
        `"${step.name}" can be rejected, so its reaction to ${on.type} must say what it emits then.`,
      ];
}

const isSameWork = (a: Reaction, b: Reaction): boolean =>
  a.step === b.step && a.direction === b.direction;

/** The barrier lets one of two reactions to the same work through, and the other has no answer. */
function rivalry(first: Reaction, second: Reaction): string[] {
  const name = nameOf(second);
  if (first.on.type === second.on.type) {
    return [
      `"${second.service}" reacts twice to ${second.on.type} with ${name}. Keep one reaction.`,
    ];
  }
  if (second.direction === 'action') {
    return [
      `${name} is set off by ${first.on.type} and by ${second.on.type}, and would run at whichever ` +
        'comes first. A reaction waits for one event: keep one.',
    ];
  }
  const [a, b] = [first.applied.event.type, second.applied.event.type];
  return a === b
    ? []
    : [
        `${name} answers ${first.on.type} with ${a} but ${second.on.type} with ${b}. Emit one event.`,
      ];
}

function waits({ definition }: FlowShape): string[] {
  return definition.steps
    .filter((step) => step.class === 'wait')
    .map(
      ({ name }) =>
        `"${name}" is a wait, and without a coordinator there is nobody who waits. Leave it out, or ` +
        'run this saga orchestrated.',
    );
}
