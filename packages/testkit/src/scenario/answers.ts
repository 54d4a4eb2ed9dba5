import type { CloseOutcome, Json, Outcome } from '@counterstep/saga-core/participant';

/** What a call is answered, and how long that takes. */
export interface Answer {
  readonly outcome: Outcome | Unreachable;
  readonly afterMs: number;
}

/** Only for a close: nobody can be asked. */
type Unreachable = { readonly kind: 'unreachable' };

const at = (outcome: Answer['outcome']): Answer => ({ outcome, afterMs: 0 });
const error = (code: string, message: string = code) => ({ code, message });

/** It is done, and this is what came of it. */
export const succeeds = (output: Json = null): Answer =>
  at({ kind: 'applied', output, duplicate: false });

/** A business "no": no retry, the saga turns back. */
export const refuses = (code: string, message?: string): Answer =>
  at({ kind: 'rejected', error: error(code, message), duplicate: false });

/** Nothing was done, and another attempt may succeed. */
export const fails = (code = 'UNAVAILABLE', message?: string): Answer =>
  at({ kind: 'transient', error: error(code, message) });

/** No answer: it may or may not have been done. */
export const staysSilent = (): Answer => at({ kind: 'unknown', error: error('STEP_TIMEOUT') });

/** A counter-step finds nothing to undo. */
export const findsNothing = (): Answer => at({ kind: 'null-compensated', duplicate: false });

/** It is done, and what it returned cannot be kept. */
export const cannotBeKept = (): Answer => at({ kind: 'unstorable', error: error('UNSTORABLE') });

/** Nobody can be asked what became of the step. */
export const cannotBeAsked = (): Answer => at({ kind: 'unreachable' });

/** The same answer, so much later. */
export const takes = (afterMs: number, answer: Answer): Answer => ({ ...answer, afterMs });

/** What a call is answered of which a scenario says nothing. */
export function usualAnswer(call: 'action' | 'compensation' | 'close'): Answer {
  return call === 'close' ? at({ kind: 'closed' }) : succeeds();
}

export function asCloseOutcome({ outcome }: Answer, name: string): CloseOutcome | Unreachable {
  switch (outcome.kind) {
    case 'applied':
    case 'rejected':
    case 'closed':
    case 'unreachable':
      return outcome;
    case 'null-compensated':
    case 'suppressed':
    case 'expired':
    case 'transient':
    case 'unknown':
    case 'unstorable':
      throw new TypeError(`"${name}" is a close; it cannot be answered "${outcome.kind}".`);
  }
}
