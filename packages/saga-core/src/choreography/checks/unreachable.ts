import { failuresOf } from '../failures.ts';
import { type Check, nameOf } from './check.ts';

export const unreachable: Check = (flow) => {
  const reached = new Set(failuresOf(flow).flatMap(({ undone }) => undone));
  return flow.reactions
    .filter((reaction) => reaction.direction === 'compensation' && !reached.has(reaction))
    .map(
      (reaction) =>
        `${nameOf(reaction)} cannot be reached: it waits for ${reaction.on.type}, to which no ` +
        'failure leads. Let it react to a rejection or to what follows from one, or remove it.',
    );
};
