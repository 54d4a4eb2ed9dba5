import { setTimeout as delay } from 'node:timers/promises';

export interface Pace {
  readonly count: number;
  readonly perSecond: number;
  /** Pieces that are done together. */
  readonly atOnce: number;
}

/** In ms. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

const realClock: Clock = {
  now: () => performance.now(),
  // A timer drops fractions, and would come early.
  sleep: (ms) => delay(Math.ceil(ms)),
};

/**
 * Does so many pieces of work, each when it is due. Times are counted from the beginning: neither the
 * work nor a late timer puts off what follows, and what is late is made up for at once.
 *
 * @param work does the pieces from one number up to another, that one excluded
 * @returns pieces per second that were reached, until the next piece would have been due
 */
export async function atPace(
  { count, perSecond, atOnce }: Pace,
  work: (from: number, to: number) => Promise<void> | void,
  clock: Clock = realClock,
): Promise<number> {
  const startedMs = clock.now();
  async function untilDue(piece: number): Promise<void> {
    const leftMs = startedMs + (piece * 1_000) / perSecond - clock.now();
    if (leftMs > 0) await clock.sleep(leftMs);
  }
  for (let from = 0; from < count; from += atOnce) {
    await untilDue(from);
    await work(from, Math.min(count, from + atOnce));
  }
  await untilDue(count);
  return (count * 1_000) / (clock.now() - startedMs);
}
