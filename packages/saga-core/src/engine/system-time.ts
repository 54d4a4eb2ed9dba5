import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './ports.ts';

/** Waiting in real time; what the hour is, somebody else says. */
export const systemTime: Pick<Clock, 'sleep' | 'defer'> = {
  async sleep(ms, signal) {
    await delay(ms, undefined, signal && { signal }).catch(() => undefined);
  },
  defer(run) {
    setImmediate(run);
  },
};
