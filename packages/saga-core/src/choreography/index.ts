export { type Choreography, defineChoreography } from './choreography.ts';
export {
  event,
  type EventContract,
  type Message,
  type RecordedMessage,
  type Report,
} from './message.ts';
export { type Expectation, expectationsOf } from './expectation.ts';
export { observe } from './observe.ts';
export { emit, type Emission, on, type Reaction } from './reaction.ts';
