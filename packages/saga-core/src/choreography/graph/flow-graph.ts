import type { StepDefinition } from '../../definition/index.ts';
import { withinOf } from '../expectation.ts';
import type { FlowShape } from '../flow.ts';
import type { Reaction } from '../reaction.ts';
import { reactionsTo, type Source, sourcesOf } from '../walks.ts';
import type { EventNode, FlowEdge, FlowGraph, StepNode, Way } from './graph.ts';

const stepId = ({ direction, step }: Pick<Reaction, 'direction' | 'step'>): string =>
  `${direction}:${step}`;
const eventId = (type: string): string => `event:${type}`;
const wayOf = ({ direction }: Pick<Reaction, 'direction'>): Way =>
  direction === 'action' ? 'forward' : 'back';

/** The graph that the reactions of a sound flow make. Pure; the same flow gives the same graph. */
export function flowGraph(flow: FlowShape): FlowGraph {
  const { name, version, steps } = flow.definition;
  const forward = steps.flatMap((step) => nodeOf(flow, step, 'action'));
  const back = steps.flatMap((step) => nodeOf(flow, step, 'compensation'));
  const events = eventsOf(flow);
  return {
    definition: name,
    version,
    services: [...new Set([flow.start.service, ...forward.map(({ service }) => service)])],
    steps: [...forward, ...back],
    events,
    edges: edgesOf(flow),
  };
}

/** Several reactions may set off one counter-step; it stays one node. */
function nodeOf(
  flow: FlowShape,
  step: StepDefinition,
  direction: Reaction['direction'],
): readonly StepNode[] {
  const reaction = flow.reactions.find(
    (candidate) => candidate.step === step.name && candidate.direction === direction,
  );
  if (!reaction) return [];
  const { service, operation } = reaction;
  return [
    {
      id: stepId(reaction),
      step: step.name,
      direction,
      way: wayOf(reaction),
      service,
      operation: operation.name,
      class: step.class,
      withinMs: withinOf(flow.definition, reaction),
    },
  ];
}

function eventsOf(flow: FlowShape): readonly EventNode[] {
  const nodes = sourcesOf(flow).map(({ event: { type, service, version }, role }): EventNode => {
    const way = role === 'start' || role === 'applied' ? 'forward' : 'back';
    const isEnd = reactionsTo(flow, type).length === 0;
    return { id: eventId(type), type, service, version, role, way, isEnd };
  });
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

function edgesOf(flow: FlowShape): readonly FlowEdge[] {
  const triggers = flow.reactions.map((reaction): FlowEdge => ({
    from: eventId(reaction.on.type),
    to: stepId(reaction),
    kind: 'triggers',
    way: wayOf(reaction),
  }));
  const edges = [...triggers, ...sourcesOf(flow).flatMap(emission)];
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()];
}

function emission({ event, role, reaction }: Source): readonly FlowEdge[] {
  if (!reaction) return [];
  const edge = { from: stepId(reaction), to: eventId(event.type) };
  return role === 'rejected'
    ? [{ ...edge, kind: 'rejects', way: 'back' }]
    : [{ ...edge, kind: 'emits', way: wayOf(reaction) }];
}
