import type { FlowGraph } from './graph.ts';

/** The file format of an exported flow: its name, raised by any change that a reader would notice. */
export interface FlowJson extends FlowGraph {
  readonly format: 'counterstep.flow/1';
}

/** The graph as it leaves the system, members in a fixed order: the same flow gives the same text. */
export function flowToJson(graph: FlowGraph): FlowJson {
  const { definition, version, services, steps, events, edges } = graph;
  return { format: 'counterstep.flow/1', definition, version, services, steps, events, edges };
}
