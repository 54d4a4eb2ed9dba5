import type { Message } from '@counterstep/saga-core/choreography';
import type { Command, Outcome } from '@counterstep/saga-core/participant';

/** Why a command is carried out that nobody coordinates: it answers to a message. */
export interface InReaction {
  /** Of the message; a saga that has been taken over since is left alone. */
  readonly epoch: number;
  /** Makes the message that tells of a fresh outcome; it is committed with the effect. */
  readonly emit: (outcome: Outcome) => Message | undefined;
}

export interface RunOptions {
  /** By saga id, for those commands that answer to messages. */
  readonly reactions?: ReadonlyMap<string, InReaction>;
  /** Fault injection: answer with a business "no", or roll the finished work back. */
  readonly inject?: 'reject' | 'rollback';
}

/** Commands with their request hashes, no two of the same key. */
export interface Prepared {
  readonly command: Command;
  readonly hash: string;
}

/** What a command builds on was committed after the batch had loaded its rows: rerun. */
export class RaceLostError extends Error {
  override readonly name = 'RaceLostError';
}
