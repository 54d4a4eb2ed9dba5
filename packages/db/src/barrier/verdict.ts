import type { Command, Failure, Outcome } from '@counterstep/saga-core/participant';
import type { StoredEffect, StoredStep } from './effects.ts';

/** What the barrier says about a command before any business is done. */
export type Verdict =
  | { readonly kind: 'answer'; readonly outcome: Outcome }
  | { readonly kind: 'execute' }
  /** A compensation with nothing to undo; `tombstone` when the action's key must be closed too. */
  | { readonly kind: 'null-compensate'; readonly tombstone: boolean };

const answer = (outcome: Outcome): Verdict => ({ kind: 'answer', outcome });

/**
 * The barrier's decision, pure.
 *
 * | asked | stored | verdict |
 * | --- | --- | --- |
 * | action | nothing | execute |
 * | action | applied, rejected | the stored outcome |
 * | action | rejected, of a lower generation | execute, unless it has been compensated |
 * | action | closed | suppressed |
 * | action | anything of a higher generation | suppressed |
 * | compensation | compensation | the stored outcome |
 * | compensation | action applied | execute |
 * | compensation | action rejected or closed, or nothing | null-compensate |
 *
 * @param hash of the command's request
 */
export function judge(command: Command, hash: string, stored: StoredStep | undefined): Verdict {
  return command.direction === 'action'
    ? judgeAction(command, hash, stored)
    : judgeCompensation(stored);
}

function judgeAction(command: Command, hash: string, step: StoredStep | undefined): Verdict {
  const stored = step?.action;
  if (!stored) return { kind: 'execute' };
  if (stored.outcome === 'closed') return answer({ kind: 'suppressed' });
  if (command.generation < stored.generation) return answer({ kind: 'suppressed' });
  if (command.generation === stored.generation && stored.hash !== hash) return answer(keyReused);
  if (stored.outcome === 'applied') return answer(asOutcome(stored));
  if (command.generation === stored.generation) return answer(asOutcome(stored));
  // It was refused, then undone, then sent again by an operator: too late by now.
  return step.compensation ? answer({ kind: 'suppressed' }) : { kind: 'execute' };
}

function judgeCompensation(stored: StoredStep | undefined): Verdict {
  if (stored?.compensation) return answer(asOutcome(stored.compensation));
  if (stored?.action?.outcome === 'applied') return { kind: 'execute' };
  return { kind: 'null-compensate', tombstone: !stored?.action };
}

/** A stored effect as the answer to a repeated command. */
export function asOutcome({ outcome, result }: StoredEffect): Outcome {
  switch (outcome) {
    case 'applied':
      return { kind: 'applied', output: result, duplicate: true };
    case 'rejected':
      return { kind: 'rejected', error: result as Failure, duplicate: true };
    case 'null-compensated':
      return { kind: 'null-compensated', duplicate: true };
    case 'closed':
      return { kind: 'closed' };
  }
}

const keyReused: Outcome = {
  kind: 'transient',
  error: {
    code: 'KEY_REUSED',
    message: 'This key has been used with another request; nothing was changed.',
  },
};
