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

/** @param clock how time passes; real time by default */
export function createAlarm(clock: Pick<Clock, 'after'> = systemTime): Alarm {
  let rung = false;
  let ring: (() => void) | undefined;

  function ringOrTime(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (ms === Infinity) {
        ring = resolve;
        return;
      }
      const callOff = clock.after(ms, resolve);
      ring = () => {
        callOff();
        resolve();
      };
    });
  }

  return {
    wake() {
      rung = true;
      ring?.();
    },
    async wait(ms) {
      if (!rung) await ringOrTime(ms);
      ring = undefined;
      rung = false;
    },
  };
}
