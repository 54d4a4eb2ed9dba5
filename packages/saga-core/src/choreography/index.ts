export { checkFlow } from './checks/index.ts';
export { defineChoreography } from './choreography.ts';
export type { Choreography, FlowShape } from './flow.ts';
export { flowGraph } from './graph/flow-graph.ts';
export type { FlowGraph } from './graph/graph.ts';
export { type FlowJson, flowToJson } from './graph/json.ts';
export { flowToMermaid } from './graph/mermaid.ts';
export {
  event,
  type EventContract,
  type Message,
  type RecordedMessage,
  type Report,
} from './message.ts';
export { type Expectation, expectationsOf } from './expectation.ts';
export type { Lag, MessageBus, Reader, Subscription } from './message-bus.ts';
export { observe } from './observe.ts';
export { emit, type Emission, on, type Reaction } from './reaction.ts';
export { EventError, readEvent } from './received.ts';
