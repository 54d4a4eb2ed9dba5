export { appendMessages } from './outbox.ts';
export { redrive } from './parked.ts';
export type { CursorTable } from './partitions.ts';
export { createPostgresBus, type PostgresBusOptions } from './postgres-bus.ts';
export { answerTo, commandOf, failureIn, rejectionOf } from './reaction-messages.ts';
export { createReactor, type Reactor, type ReactorOptions } from './reactor.ts';
