import type { Message } from '@counterstep/saga-core/choreography';
import type { Command, Outcome } from '@counterstep/saga-core/participant';

export interface RunOptions {
  /** The message that tells of a fresh outcome; it is committed with the effect. */
  readonly emit?: (command: Command, outcome: Outcome) => Message | undefined;
  /** Fault injection: answer with a business "no", or roll the finished work back. */
  readonly inject?: 'reject' | 'rollback';
}

/** Commands with their request hashes, no two of the same key. */
export interface Prepared {
  readonly command: Command;
  readonly hash: string;
}

/** Two commands of one batch wanted the same key, or a concurrent batch wrote it first: rerun. */
export class RaceLostError extends Error {
  override readonly name = 'RaceLostError';
}
