import type { FlowShape } from '../flow.ts';
import type { Reaction } from '../reaction.ts';
import { reactionsTo } from '../walks.ts';
import { type Check, nameOf } from './check.ts';

export const cycles: Check = (flow) => {
  const ended = new Set<string>();
  for (const { on } of flow.reactions) {
    const path = findCycle(flow, on.type, [], ended);
    if (path) return [`a cycle: ${tell(path)}. Let one of these reactions wait for another event.`];
  }
  return [];
};

interface Hop {
  readonly from: string;
  readonly reaction: Reaction;
}

/** Depth first; `ended` keeps the events from which no cycle is reached. */
function findCycle(
  flow: FlowShape,
  type: string,
  path: readonly Hop[],
  ended: Set<string>,
): readonly Hop[] | undefined {
  const start = path.findIndex(({ from }) => from === type);
  if (start >= 0) return path.slice(start);
  if (ended.has(type)) return undefined;
  for (const reaction of reactionsTo(flow, type)) {
    for (const { event } of [reaction.applied, ...(reaction.rejected ? [reaction.rejected] : [])]) {
      const cycle = findCycle(flow, event.type, [...path, { from: type, reaction }], ended);
      if (cycle) return cycle;
    }
  }
  ended.add(type);
  return undefined;
}

function tell(path: readonly Hop[]): string {
  const hops = path.map(({ from, reaction }) => `${from} sets off ${nameOf(reaction)}`);
  return `${hops.join(', ')}, which emits ${path[0]?.from ?? ''} again`;
}
