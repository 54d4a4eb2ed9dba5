/** What the pill shows. */
export type LiveState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live'; readonly lagMs: number }
  | { readonly phase: 'reconnecting'; readonly retryAt: number; readonly since: number }
  /** Nothing gets through. */
  | { readonly phase: 'offline'; readonly since: number }
  /** Requests get through and the stream does not: read anew every so often, last at `since`. */
  | { readonly phase: 'polling'; readonly since: number };

export const pollEveryMs = 5_000;

const firstDelayMs = 250;
const longestDelayMs = 5_000;

/** The wait before the next try, with jitter so that tabs do not all come back at once. */
export function reconnectDelayMs(failures: number, random: number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
  return ceiling / 2 + (ceiling / 2) * random;
}

/** After this many failures in a row the page no longer counts on the stream; tries go on. */
const awayAfter = 5;

/** A try has failed: `failures` so far, the next one after `delayMs`. */
export function afterLoss(
  before: LiveState,
  { failures, retryAt, now }: { failures: number; retryAt: number; now: number },
): LiveState {
  // Another failed try says nothing new about what is read in between.
  if (before.phase === 'polling') return before;
  const since = 'since' in before ? before.since : now;
  return failures >= awayAfter
    ? { phase: 'offline', since }
    : { phase: 'reconnecting', retryAt, since };
}

/** A reading without the stream has come through, or has not. */
export function afterPoll(before: LiveState, hasAnswer: boolean, now: number): LiveState {
  // The stream may have come back meanwhile; it knows better.
  if (before.phase !== 'offline' && before.phase !== 'polling') return before;
  return hasAnswer ? { phase: 'polling', since: now } : { phase: 'offline', since: before.since };
}
