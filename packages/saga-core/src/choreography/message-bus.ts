import type { RecordedMessage } from './message.ts';

/**
 * Carries messages from the outboxes of services to groups of readers. Publishing is no part of it: a
 * message is written to its service's outbox in the transaction of its effect, and an adapter takes it
 * from there, by reading the outbox itself or by relaying it to a broker.
 *
 * What every adapter promises; `messageBusContract` of the testkit holds it to that:
 * 1. Every committed message reaches every group at least once, whatever order transactions commit in.
 * 2. Within a group the messages of one saga from one source come in the order of their commits, one
 *    batch at a time.
 * 3. A batch is acknowledged when its handler has returned, never before; one that failed comes again.
 * 4. The members of a group share the work. What a member that has ended was reading goes to others.
 */
export interface MessageBus {
  /** Nothing is read before `start`. */
  subscribe(subscription: Subscription): Reader;
  /** How far a group is behind one source, messages of any type. */
  lag(source: string, group: string): Promise<Lag>;
}

export interface Subscription {
  /**
   * The services whose messages are read. Those of several come together, so that effects are seldom
   * handed over before their causes; they still may be.
   */
  readonly sources: readonly string[];
  /** Types of messages that are handed over; absent: all. Others count as handled. */
  readonly types?: readonly string[];
  /** Readers under one name share the messages; each group gets them all. */
  readonly group: string;
  /** uuid of this incarnation of a process; never used again. */
  readonly member: string;
  /** Members alive at this time, this one included; its fair share follows from it. */
  readonly members: () => number;
  /**
   * Handles messages of many sagas. When it returns, each has been dealt with for good: done, parked or
   * held. So one saga's failure is the handler's to put aside; a throw holds up all that were handed over.
   */
  readonly handle: (messages: readonly RecordedMessage[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** One member's reading. */
export interface Reader {
  start(): Promise<void>;
  /** Finishes the batch under way, keeps the place, leaves its share to others. Idempotent. */
  stop(): Promise<void>;
  /** A hint that there is something new; without one it is found by polling. */
  wake(): void;
  /** Others of the group have ended without `stop`: what they were reading is free at once. */
  takeOver(members: readonly string[]): Promise<void>;
}

export interface Lag {
  /** Messages not acknowledged yet; adapters may stop counting at some ten thousands. */
  readonly messages: number;
  /** Age of the oldest of them, in ms; null when there are none. */
  readonly oldestMs: number | null;
}
