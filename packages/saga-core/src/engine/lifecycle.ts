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
  /** Resolves at the next `wake`, or after `ms`. */
  wait(ms: number): Promise<void>;
}

export function createAlarm(): Alarm {
  let rung = false;
  let ring: (() => void) | undefined;
  return {
    wake() {
      rung = true;
      ring?.();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          ring = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        ring = undefined;
      }
      rung = false;
    },
  };
}
