import type { Clock } from './ports.ts';

/** Node takes more for 1 ms. Whoever wakes up early looks at the clock and waits on. */
const msMax = 2_147_483_647;

/** Waiting in real time; what the hour is, somebody else says. */
export const systemTime: Pick<Clock, 'after' | 'defer'> = {
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, msMax));
    return () => clearTimeout(timer);
  },
  defer(run) {
    setImmediate(run);
  },
};

/** Resolves after `ms`. */
export function sleep(clock: Pick<Clock, 'after'>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
