import type { RecordedEvent, SagaEvent, SagaState } from '../machine/index.ts';
import type { Failure, Json } from '../participant/index.ts';

/** Time as the engine sees it. The database's clock decides, so an implementation follows that. */
export interface Clock {
  /** ISO 8601. */
  now(): string;
  /** Runs after `ms`, unless it is called off by what is returned. */
  after(ms: number, run: () => void): () => void;
  /** Runs after all that is queued for this turn of the event loop. */
  defer(run: () => void): void;
}

/** A saga as it is handed to its new owner. */
export interface ClaimedSaga {
  readonly sagaId: string;
  /** `name@version`. */
  readonly definitionKey: string;
  /** Raised by the claim; every write carries it. */
  readonly fence: bigint;
  readonly seq: number;
  readonly input: Json;
  /** ISO 8601; null for a saga without deadline. */
  readonly deadlineAt: string | null;
  /** The whole log; absent when the saga has not begun and its row says all there is. */
  readonly log?: readonly RecordedEvent[];
  /** Letters up to this position have been read; `mailWaiting`: there are more. */
  readonly mailRead: number;
  readonly mailWaiting: boolean;
  /** Its first write was made together with the claim; `seq` is that before it. */
  readonly hasBegun?: true;
}

/** What others ask of a saga, or tell it. */
export type Letter = {
  /** Position in the saga's mailbox, from 1, gapless. */
  readonly position: number;
  readonly reason: string;
  readonly actor: string;
  /** ISO 8601, database clock: when it was put there. */
  readonly at: string;
} & (
  | { readonly kind: 'cancel' | 'pause' | 'resume' }
  /** `signal` names a step that waits for it, now or later. */
  | { readonly kind: 'signal'; readonly signal: string; readonly payload: Json }
);

/** How a write leaves the saga. `runAt` null: nobody needs to look before somebody acts. */
export type Release = { readonly runAt: string | null };

/** An event with the one who caused it. */
export type AttributedEvent = SagaEvent & { readonly actor: string };

/** All that one saga has to write at once. */
export interface SagaWrite {
  readonly sagaId: string;
  readonly fence: bigint;
  /** Sequence of the last event that the writer has seen; the write is refused if there is another. */
  readonly baseSeq: number;
  readonly events: readonly AttributedEvent[];
  /** The state after the events. */
  readonly state: SagaState;
  /** Mail up to this position has been read. */
  readonly mailRead: number;
  readonly release?: Release;
  /**
   * Refused while a letter is waiting: the write carries the intent of a pivot, which a cancel forbids,
   * or ends the wait for a signal, which may be that letter.
   */
  readonly needsMailRead: boolean;
}

/**
 * The first write of a saga that is about to be claimed, if it can be decided now. It may be asked again
 * for the same saga, and a claim may fail after it, so nothing must follow from having been asked.
 */
export type Begin = (saga: ClaimedSaga) => FirstWrite | undefined;
export type FirstWrite = Pick<SagaWrite, 'events' | 'state'>;

/**
 * - `written`: durable; `mailWaiting` says that letters came meanwhile.
 * - `mail`: nothing written, since the write releases the saga, or needs its mail read, while letters
 *   wait; read them and decide again.
 * - `lost`: nothing written; somebody else owns the saga now.
 * - `unstorable`: nothing written; the database will never take these events.
 */
export type WriteResult =
  | { readonly kind: 'written'; readonly mailWaiting: boolean }
  | { readonly kind: 'mail' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unstorable'; readonly error: Failure };

/** Where sagas live. One implementation on Postgres; a contract suite holds for any. */
export interface SagaStore {
  /**
   * Takes up to `limit` sagas that are due and that this worker can run. Those that have not begun, and
   * have no letters, begin with it.
   */
  claim(limit: number, definitionKeys: readonly string[], begin?: Begin): Promise<ClaimedSaga[]>;
  /** Writes many sagas at once; one saga's refusal leaves the others alone. Idempotent when resent. */
  write(writes: readonly SagaWrite[]): Promise<WriteResult[]>;
  /** Letters of one saga after a position. */
  readMail(sagaId: string, after: number): Promise<Letter[]>;
  /** Which of its own sagas have letters waiting. */
  sagasWithMail(): Promise<string[]>;
  /** Gives back sagas that the database says are this worker's, except those it holds. */
  releaseStrays(held: readonly string[]): Promise<number>;
}
