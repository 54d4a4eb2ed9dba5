/** How often and how fast an attempt is repeated. Back-off is exponential with full jitter. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly maxAttempts: number;
  /** Upper bound of the first back-off; it doubles with each further one. */
  readonly initialDelayMs: number;
  /** No back-off is longer. */
  readonly maxDelayMs: number;
}

/** Five attempts within about three seconds: outlasts a restart, and a person still waits for it. */
export const defaultRetry: RetryPolicy = { maxAttempts: 5, initialDelayMs: 100, maxDelayMs: 5_000 };

/** Undoing is owed, so it is tried for longer than doing. */
export const defaultCompensationRetry: RetryPolicy = {
  maxAttempts: 8,
  initialDelayMs: 100,
  maxDelayMs: 10_000,
};

/**
 * The wait before the attempt after `failures` failed ones.
 * @param random uniform in [0, 1): full jitter, so that many sagas that failed together do not return together
 */
export function backoffMs(policy: RetryPolicy, failures: number, random: number): number {
  const ceilingMs = Math.min(policy.maxDelayMs, policy.initialDelayMs * 2 ** (failures - 1));
  return Math.round(ceilingMs * random);
}
