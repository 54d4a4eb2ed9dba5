export { type Consumer, type ConsumerOptions, createConsumer } from './consumer.ts';
export { appendMessages } from './outbox.ts';
export { redrive } from './parked.ts';
export type { CursorTable } from './partitions.ts';
export { answerTo, commandOf, failureIn, rejectionOf } from './reaction-messages.ts';
export { createReactor, type Reactor, type ReactorOptions } from './reactor.ts';
