import type { Clock } from './ports.ts';
import { systemTime } from './system-time.ts';

/** One contract for everything that runs in a worker. */
export interface Lifecycle {
  /** Begins; resolves once it does its work. */
  start(): Promise<void>;
  /** Ends in good order: finishes what is under way, hands the rest back. Idempotent. */
  stop(): Promise<void>;
}

/** A wake-up that is remembered: `wait` returns at once when `wake` came since the last one. */
export interface Alarm {
  wake(): void;
  /** Resolves at the next `wake`, or after `ms`; `Infinity` waits for the wake alone. */
  wait(ms: number): Promise<void>;
}

/** @param sleep how time passes; real time by default */
export function createAlarm(sleep: Clock['sleep'] = systemTime.sleep): Alarm {
  let rung = false;
  let waiting: AbortController | undefined;
  return {
    wake() {
      rung = true;
      waiting?.abort();
    },
    async wait(ms) {
      if (!rung) {
        waiting = new AbortController();
        if (ms === Infinity) await aborted(waiting.signal);
        else await sleep(ms, waiting.signal);
        waiting = undefined;
      }
      rung = false;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
