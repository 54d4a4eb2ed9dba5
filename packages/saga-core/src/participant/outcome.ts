import type { Json } from './json.ts';

/** An error as it is stored and shown: data, never a stack or a live object. */
export type Failure = {
  /** Stable, upper case, for programs: `OUT_OF_STOCK`. */
  readonly code: string;
  /** A sentence for people. */
  readonly message: string;
  readonly details?: Json;
};

/**
 * What came of one command. `duplicate` says that the effect was there before this call.
 *
 * - `applied`: the effect is committed.
 * - `rejected`: a business "no". Stored for an action, so that the key is closed; never retried.
 * - `null-compensated`: there was nothing to undo; the action can no longer apply.
 * - `closed`: the action's key was closed while nothing had happened (answer to `close`).
 * - `suppressed`: the action came after its compensation or its close, and was refused.
 * - `expired`: the command came after its `notAfter`; nothing was written.
 * - `transient`: nothing was written; a retry may succeed.
 * - `unknown`: the effect may or may not have happened.
 * - `unstorable`: the effect has happened, and its output can be kept nowhere.
 */
export type Outcome =
  | { readonly kind: 'applied'; readonly output: Json; readonly duplicate: boolean }
  | { readonly kind: 'rejected'; readonly error: Failure; readonly duplicate: boolean }
  | { readonly kind: 'null-compensated'; readonly duplicate: boolean }
  | { readonly kind: 'closed' }
  | { readonly kind: 'suppressed' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'transient'; readonly error: Failure }
  | { readonly kind: 'unknown'; readonly error: Failure }
  | { readonly kind: 'unstorable'; readonly error: Failure };

/** The answers that a participant stands by: asking again gives the same. */
export type CloseOutcome = Extract<Outcome, { kind: 'applied' | 'rejected' | 'closed' }>;
