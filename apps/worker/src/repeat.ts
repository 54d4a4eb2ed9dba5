import { createAlarm, type Lifecycle } from '@counterstep/saga-core/engine';

export interface Repeated extends Lifecycle {
  /** Next turn now. */
  wake(): void;
}

/** Does the same thing again and again, one turn at a time; a failed turn is reported and followed by the next. */
export function repeat(
  everyMs: number,
  onError: (error: unknown) => void,
  turn: () => Promise<void>,
): Repeated {
  const alarm = createAlarm();
  let stopped = false;
  let loop: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopped) {
      await turn().catch(onError);
      if (!stopped) await alarm.wait(everyMs);
    }
  }

  return {
    start() {
      loop ??= run();
      return Promise.resolve();
    },
    async stop() {
      stopped = true;
      alarm.wake();
      await loop;
    },
    wake: () => alarm.wake(),
  };
}
