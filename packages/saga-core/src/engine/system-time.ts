import type { Clock } from './ports.ts';

/** Given to `abort`, which makes an exception with a stack when it is given nothing. */
export const noReason = 'no longer needed';

/** Node takes more for 1 ms. Whoever wakes up early looks at the clock and waits on. */
const msMax = 2_147_483_647;

/**
 * Waiting in real time; what the hour is, somebody else says. Not `timers/promises`: it answers each
 * abort with an error, and a worker aborts a timer for every call that it makes.
 */
export const systemTime: Pick<Clock, 'sleep' | 'defer'> = {
  sleep(ms, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(ms, msMax));
      signal?.addEventListener('abort', end);
    });
  },
  defer(run) {
    setImmediate(run);
  },
};
