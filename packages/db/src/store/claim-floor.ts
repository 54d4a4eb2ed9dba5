/** Rows that commit late carry a time that is past already. */
const slackMs = 1_000;
const fullScanEveryMs = 1_000;

/** Where claims of one worker begin to look. */
export interface ClaimFloor {
  /** Rows due before this (ms since 1970) need no look this time; null: look at all. */
  next(): number | null;
  /**
   * Notes how far a claim came.
   * @param lastDueMs when its last row had become due @param isFull there may be more after it
   */
  reached(lastDueMs: number | null, isFull: boolean): void;
}

/**
 * Claimed rows are deleted, but while some snapshot is open (a backup, a forgotten psql) Postgres can
 * neither remove them nor skip them: each claim read all that had been claimed since, and took 3 times
 * as long after 4 000 of them, and longer with each. So a claim begins where the last one ended, less
 * a second. What became visible behind that, say from a transaction that took longer, is found by the
 * full look that every second has.
 *
 * @param clockMs monotonic, in ms
 */
export function createClaimFloor(clockMs: () => number = () => performance.now()): ClaimFloor {
  let reachedMs: number | null = null;
  let fullScanAtMs = Number.NEGATIVE_INFINITY;
  return {
    next() {
      if (reachedMs !== null && clockMs() - fullScanAtMs < fullScanEveryMs) {
        return reachedMs - slackMs;
      }
      fullScanAtMs = clockMs();
      return null;
    },
    reached(lastDueMs, isFull) {
      if (lastDueMs === null) return;
      // A full look may have met an old backlog: the rest of it lies behind where we were.
      reachedMs = isFull ? lastDueMs : Math.max(lastDueMs, reachedMs ?? lastDueMs);
    },
  };
}
