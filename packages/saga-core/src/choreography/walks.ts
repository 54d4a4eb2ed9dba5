import type { FlowShape } from './flow.ts';
import type { EventContract } from './message.ts';
import type { Reaction } from './reaction.ts';

/** What an event says: a saga begins, a step went well, a step did not happen, a step is undone. */
export type EventRole = 'start' | 'applied' | 'rejected' | 'compensated';

/** One place where an event comes from. */
export interface Source {
  readonly event: EventContract;
  readonly role: EventRole;
  /** Absent for the start, which nobody's reaction emits. */
  readonly reaction?: Reaction;
}

/** Every emission of a flow, the start first, then in the order of the reactions. */
export function sourcesOf({ start, reactions }: FlowShape): readonly Source[] {
  return [
    { event: start, role: 'start' },
    ...reactions.flatMap((reaction): Source[] => {
      const { applied, rejected, direction } = reaction;
      const role = direction === 'action' ? 'applied' : 'compensated';
      return [
        { event: applied.event, role, reaction },
        ...(rejected ? [{ event: rejected.event, role: 'rejected', reaction } as const] : []),
      ];
    }),
  ];
}

/** Reactions to an event, in one direction or in both. */
export function reactionsTo(
  { reactions }: FlowShape,
  type: string,
  direction?: Reaction['direction'],
): readonly Reaction[] {
  return reactions.filter(
    (reaction) =>
      reaction.on.type === type && (direction === undefined || reaction.direction === direction),
  );
}

export function actionOf({ reactions }: FlowShape, step: string): Reaction | undefined {
  return reactions.find((reaction) => reaction.step === step && reaction.direction === 'action');
}

/**
 * Actions that an event sets off, and those that follow when each of them is applied: nearest first,
 * each once. Ends in a flow with a cycle too.
 */
export function forwardFrom(flow: FlowShape, type: string): readonly Reaction[] {
  return closure(flow, type, 'action');
}

/** Counter-steps that an event sets off, and those that follow from them. */
export function backFrom(flow: FlowShape, type: string): readonly Reaction[] {
  return closure(flow, type, 'compensation');
}

function closure(
  flow: FlowShape,
  type: string,
  direction: Reaction['direction'],
): readonly Reaction[] {
  const found = new Set(reactionsTo(flow, type, direction));
  // What is added while a set is walked is walked as well.
  for (const { applied } of found) {
    for (const next of reactionsTo(flow, applied.event.type, direction)) found.add(next);
  }
  return [...found];
}
