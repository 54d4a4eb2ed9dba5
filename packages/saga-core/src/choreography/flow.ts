import type { SagaDefinition, SagaShape } from '../definition/index.ts';
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
  /** All events that the services declare next to their code, and no other. */
  readonly events: readonly EventContract[];
  readonly reactions: readonly Reaction[];
}

/** What a flow says of itself, whatever its input is; all that its graph and its checks look at. */
export interface FlowShape extends Pick<Choreography, 'start' | 'events' | 'reactions'> {
  readonly definition: SagaShape;
}
