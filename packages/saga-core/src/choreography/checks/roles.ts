import { type EventRole, sourcesOf } from '../walks.ts';
import { type Check, nameOf } from './check.ts';

const words: Readonly<Record<EventRole, string>> = {
  start: 'that the saga begins',
  applied: 'that a step went well',
  rejected: 'that a step did not happen',
  compensated: 'that a step is undone',
};

export const roles: Check = (flow) => {
  const roleOf = new Map<string, EventRole>();
  const ambiguous = sourcesOf(flow).flatMap(({ event: { type }, role }) => {
    const other = roleOf.get(type);
    if (!other) roleOf.set(type, role);
    return !other || other === role
      ? []
      : [`${type} says both ${words[other]} and ${words[role]}. Emit an event for each.`];
  });
  if (ambiguous.length > 0) return ambiguous;
  return flow.reactions.flatMap((reaction) => {
    const { on, direction } = reaction;
    const role = roleOf.get(on.type);
    // An event that nobody emits is no contradiction: it leaves a step or an undo unreached.
    if (!role) return [];
    const goesForward = role === 'start' || role === 'applied';
    if (goesForward === (direction === 'action')) return [];
    return [
      `${nameOf(reaction)} reacts to ${on.type}, which says ${words[role]}. ` +
        (goesForward
          ? 'Let it react to a rejection, or to an event of another counter-step.'
          : 'A saga that has turned back takes no step forward; let it react to what went well.'),
    ];
  });
};
