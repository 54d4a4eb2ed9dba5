import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './ports.ts';

/** Node takes more for 1 ms. Whoever wakes up early looks at the clock and waits on. */
const msMax = 2_147_483_647;

/** Waiting in real time; what the hour is, somebody else says. */
export const systemTime: Pick<Clock, 'sleep' | 'defer'> = {
  async sleep(ms, signal) {
    await delay(Math.min(ms, msMax), undefined, signal && { signal }).catch(() => undefined);
  },
  defer(run) {
    setImmediate(run);
  },
};
