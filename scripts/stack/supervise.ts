import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';
import { lastLines } from './log-file.ts';
import { UsageError } from './usage-error.ts';

const backoffMinMs = 500;
const backoffMaxMs = 30_000;
/** One that lived this long had no trouble starting: the next restart is quick again. */
const healthyAfterMs = 60_000;

/** How a process ends that needs something changed first; starting it again would not help. */
const refusal = 'exit code 2';

/** What is supervised: a child process, or whatever begins and ends like one. */
export type Process = Pick<Child, 'name' | 'logFile' | 'exited' | 'stop' | 'kill'>;

export interface Supervised {
  /** Rejects when the process says that it does not run like this; never resolves. */
  readonly refused: Promise<never>;
  stop(graceMs: number): Promise<void>;
  kill(): Promise<void>;
}

/** Keeps a process alive: one that ends unasked is started again, ever more slowly. */
export function supervise(
  first: Process,
  start: () => Process,
  warn: (text: string) => void,
): Supervised {
  const ending = new AbortController();
  let child = first;
  let refuse: (error: Error) => void = () => undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    refuse = reject;
  });
  // Whoever is interested says so.
  refused.catch(() => undefined);

  async function watch(): Promise<void> {
    let backoffMs = backoffMinMs;
    while (!ending.signal.aborted) {
      const startedAt = performance.now();
      const how = await child.exited;
      if (ending.signal.aborted) return;
      if (how === refusal) {
        const why = `The ${child.name} does not run like this.\n${lastLines(child.logFile, 5)}`;
        warn(why);
        refuse(new UsageError(why));
        return;
      }
      if (performance.now() - startedAt > healthyAfterMs) backoffMs = backoffMinMs;
      warn(
        `The ${child.name} ended unexpectedly (${how}); again in ${backoffMs / 1000} s.\n` +
          lastLines(child.logFile, 5),
      );
      await sleep(backoffMs, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      backoffMs = Math.min(backoffMs * 2, backoffMaxMs);
      child = start();
    }
  }
  void watch();

  return {
    refused,
    stop: (graceMs) => {
      ending.abort();
      return child.stop(graceMs);
    },
    kill: () => {
      ending.abort();
      return child.kill();
    },
  };
}
