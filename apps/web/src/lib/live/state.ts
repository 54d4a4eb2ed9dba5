/** What the pill shows. */
export type LiveState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live'; readonly lagMs: number }
  | { readonly phase: 'reconnecting'; readonly retryAt: number; readonly since: number }
  | { readonly phase: 'offline'; readonly since: number };

const firstDelayMs = 250;
const longestDelayMs = 5_000;

/** The wait before the next try, with jitter so that tabs do not all come back at once. */
export function reconnectDelayMs(failures: number, random: number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
  return ceiling / 2 + (ceiling / 2) * random;
}
