import type { z } from 'zod';
import type { Direction, Failure, Json } from '../participant/index.ts';

/** The type of an event that services exchange: a name, a schema version and the shape of its data. */
export interface EventContract<Data = unknown> {
  /** Past tense, PascalCase: `InventoryReserved`. */
  readonly type: string;
  /** The service that emits it. */
  readonly service: string;
  /** Schema version of the data, from 1. */
  readonly version: number;
  readonly data: z.ZodType<Data>;
}

/** Declares an event. */
export function event<Data>(contract: EventContract<Data>): EventContract<Data> {
  return contract;
}

/** What a message says about its step, the same for every flow: the tracker reads nothing else. */
export type Report =
  | { readonly kind: 'accepted'; readonly input: Json }
  | {
      readonly kind: 'applied';
      readonly direction: Direction;
      readonly attempt: number;
      readonly output: Json;
    }
  | { readonly kind: 'null-compensated'; readonly attempt: number }
  /** A "no", or a key that was closed after the last attempt. */
  | {
      readonly kind: 'rejected' | 'closed';
      readonly attempt: number;
      readonly error: Failure;
    }
  /** Not an event of the business: one attempt of a reaction failed. */
  | {
      readonly kind: 'attempt-failed';
      readonly direction: Direction;
      readonly attempt: number;
      readonly failure: 'business' | 'transient' | 'unknown';
      readonly error: Failure;
      /** ISO 8601; null after the last attempt. */
      readonly retryAt: string | null;
      /** No attempt will follow and no event either: somebody has to act. */
      readonly isStuck: boolean;
    };

/** One event on its way: written to the emitter's outbox in the transaction of its effect. */
export interface Message {
  /** uuid; a copy carries the same one. */
  readonly messageId: string;
  readonly type: string;
  /** Schema version of `data`. */
  readonly version: number;
  readonly service: string;
  readonly sagaId: string;
  /** The message that this one answers; null for the first. */
  readonly causationId: string | null;
  /** Number of causes before it; the first message has 0. */
  readonly depth: number;
  readonly definition: string;
  readonly definitionVersion: number;
  /** Raised by takeover; participants drop messages of a lower epoch. */
  readonly epoch: number;
  /** The step that this message reports on. */
  readonly step: string;
  readonly report: Report;
  /** For the services that react; null where only the tracker listens. */
  readonly data: Json;
  /** Groups sagas, for instance those of one launch. */
  readonly correlationId: string | null;
  readonly idempotencyKey: string | null;
}

/** A message with what its outbox adds: when it was committed, on the emitter's database clock (ISO 8601). */
export interface RecordedMessage extends Message {
  readonly at: string;
}
