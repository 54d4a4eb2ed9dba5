import type { Clock } from '@counterstep/saga-core/engine';
import { createProcess, type SimulatedProcess } from './process.ts';
import { EventQueue, type Scheduled } from './queue.ts';
import { createRandom, type Random } from './random.ts';
import { createTrace, type Trace } from './trace.ts';

export interface SimulationOptions {
  /** Fixes everything that chance decides, the order of near-simultaneous events included. */
  readonly seed: number;
  /** Where virtual time begins, ms since 1970; default 2026-01-01. */
  readonly startMs?: number;
  /** Events that are due within this of each other may happen in any order; default 2. */
  readonly reorderMs?: number;
  /** Keep the labels of all events, for reading; the hash is always kept. */
  readonly keepsTrace?: boolean;
}

export interface RunLimits {
  /** Events that may fire; default 1 000 000. */
  readonly stepsMax?: number;
  /** Virtual time that may pass; default 24 hours. */
  readonly virtualMsMax?: number;
}

/** - `done`: the condition holds. `idle`: nothing is left to happen. `spent`: a limit was reached. */
export type RunEnd = 'done' | 'idle' | 'spent';

/** Virtual time, and the order in which things happen in it. */
export interface Simulation {
  readonly seed: number;
  readonly nowMs: number;
  /** ISO 8601. */
  now(): string;
  /** Time for what is in no process: the outside world, the tests themselves. */
  readonly clock: Clock;
  readonly random: Random;
  /** A length of time that the seed chooses. */
  delay(minMs: number, maxMs: number): number;
  /** Happens outside of every process, for instance at a server. */
  later(delayMs: number, label: string, run: () => void): void;
  process(name: string): SimulatedProcess;
  /** Numbers that only grow: they tell what happened first when the clock shows the same. */
  tick(): number;
  /**
   * Lets time pass until the condition holds: all microtasks run, then the next event fires. Nothing
   * but events and their microtasks may drive the code under test, or a seed would not replay.
   */
  run(until: () => boolean, limits?: RunLimits): Promise<RunEnd>;
  readonly trace: Trace;
}

/** Makes a simulation. Two with the same seed and the same code have equal traces. */
export function createSimulation(options: SimulationOptions): Simulation {
  const { seed, startMs = Date.UTC(2026, 0, 1), reorderMs = 2 } = options;
  const random = createRandom(seed);
  const queue = new EventQueue<Scheduled>();
  const trace = createTrace(options.keepsTrace ?? false);
  let nowMs = startMs;
  let scheduled = 0;
  let ticks = 0;

  const now = () => new Date(Math.floor(nowMs)).toISOString();

  function later(delayMs: number, label: string, run: () => void): void {
    // Never early, a little late: what is nearly simultaneous comes in an order that the seed chooses.
    const atMs = nowMs + Math.max(0, delayMs) + random.next() * reorderMs;
    scheduled += 1;
    queue.push({ atMs, order: scheduled, label, run });
  }

  async function run(until: () => boolean, limits: RunLimits = {}): Promise<RunEnd> {
    const { stepsMax = 1_000_000, virtualMsMax = 24 * 3_600_000 } = limits;
    const endMs = nowMs + virtualMsMax;
    for (let steps = 0; steps < stepsMax; steps += 1) {
      await microtasksDone();
      if (until()) return 'done';
      const next = queue.peek();
      if (!next) return 'idle';
      if (next.atMs > endMs) {
        nowMs = endMs;
        return 'spent';
      }
      queue.pop();
      nowMs = next.atMs;
      trace.add(next.atMs - startMs, next.label);
      next.run();
    }
    return 'spent';
  }

  return {
    seed,
    get nowMs() {
      return nowMs;
    },
    now,
    clock: createProcess('world', later, now).clock,
    random,
    delay: (minMs, maxMs) => minMs + random.next() * (maxMs - minMs),
    later,
    process: (name) => createProcess(name, later, now),
    tick() {
      ticks += 1;
      return ticks;
    },
    run,
    trace,
  };
}

/** A turn of the real event loop: Node runs every microtask before it. */
function microtasksDone(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
