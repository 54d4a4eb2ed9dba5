import type { Clock } from '@counterstep/saga-core/engine';

/** How the scheduler is asked for a later moment. */
export type Schedule = (delayMs: number, label: string, run: () => void) => void;

/**
 * A process in a simulation: whatever runs in it waits through its clock and hears through `later`, so
 * it can be stopped from outside, as a real one can.
 */
export interface SimulatedProcess {
  readonly name: string;
  /** What the engine in this process is given. */
  readonly clock: Clock;
  readonly status: 'running' | 'paused' | 'dead';
  /** Runs in the process after a delay; never once it is dead, after its pause while it is paused. */
  later: Schedule;
  /** It ends here: none of its timers fires any more, no answer reaches it. */
  kill(): void;
  /** It stands still, as under SIGSTOP. What would have happened to it happens when it goes on. */
  pause(): void;
  resume(): void;
}

/** @param schedule of the simulation, which knows no processes */
export function createProcess(
  name: string,
  schedule: Schedule,
  now: () => string,
): SimulatedProcess {
  let status: SimulatedProcess['status'] = 'running';
  let held: { readonly label: string; readonly run: () => void }[] = [];

  function arrive(label: string, run: () => void): void {
    if (status === 'running') run();
    else if (status === 'paused') held.push({ label, run });
  }

  const later: Schedule = (delayMs, label, run) => {
    if (status === 'dead') return;
    schedule(delayMs, `${name} ${label}`, () => arrive(label, run));
  };

  const clock: Clock = {
    now,
    defer: (run) => later(0, 'defer', run),
    after(ms, run) {
      let isOff = false;
      later(ms, 'timer', () => {
        if (!isOff) run();
      });
      return () => {
        isOff = true;
      };
    },
  };

  return {
    name,
    clock,
    later,
    get status() {
      return status;
    },
    kill() {
      status = 'dead';
      held = [];
    },
    pause() {
      if (status === 'running') status = 'paused';
    },
    resume() {
      if (status !== 'paused') return;
      status = 'running';
      const waiting = held;
      held = [];
      for (const { label, run } of waiting) later(0, label, run);
    },
  };
}
