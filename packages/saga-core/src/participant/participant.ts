import type { Command, EffectKey } from './command.ts';
import type { FencedEffect } from './fenced-effect.ts';
import type { CloseOutcome, Outcome } from './outcome.ts';

/**
 * Whoever waits for an outcome. The signal aborts at the step's timeout: nobody waits any more. It is
 * made when it is first asked for, as an `AbortController` makes it, since most never ask.
 */
export type Caller = Pick<AbortController, 'signal'>;

/** A service as the engine sees it: one command in, one outcome out. Batching is the participant's business. */
export interface Participant {
  /**
   * Carries out one command. Never throws for a business reason; an exception counts as `unknown`.
   */
  execute(command: Command, caller: Caller): Promise<Outcome>;
  /**
   * Settles an action whose outcome nobody knows: writes its tombstone and answers `closed`,
   * or returns the outcome that is already stored. Throws when the participant cannot be reached.
   */
  close(key: EffectKey): Promise<CloseOutcome>;
  /**
   * Takes a choreographed saga out of its services' hands: from here on nothing has an effect here that
   * answers to a message of a lower epoch. Returns what the saga has done here; the same again when it
   * is repeated. Throws when the participant cannot be reached.
   */
  fence(sagaId: string, epoch: number): Promise<readonly FencedEffect[]>;
}
