/** Something under way that says when it has ended. */
interface UnderWay {
  readonly isDone: boolean;
  readonly work: Promise<void>;
}

/** How long others are waited for: as long as is usual of late. */
export interface Patience {
  /**
   * Waits until all have ended, or until none of them has ended for some time, or for long enough in
   * all. Many that queue for one service end one after another and are waited for; one that hangs
   * beside them is not. Returns those still under way.
   *
   * @throws what the first of them throws that fails
   */
  wait<T extends UnderWay>(all: readonly T[]): Promise<readonly T[]>;
}

const patienceMs = { min: 200, max: 1_000, inAll: 3_000 };
/** How much the latest one weighs in what is usual: one in a hundred that hangs changes little. */
const weight = 1 / 50;

/**
 * A fixed time does not do: on a busy machine it ran out for whole batches, whose messages were then
 * written twice, which made the machine busier.
 */
export function createPatience(): Patience {
  let usualMs = 0;

  function watch({ work }: UnderWay, startedMs: number, onEnd: () => void): void {
    const ended = () => {
      const tookMs = Math.min(performance.now() - startedMs, patienceMs.max);
      usualMs += (tookMs - usualMs) * weight;
      onEnd();
    };
    work.then(ended, ended);
  }

  return {
    async wait(all) {
      const startedMs = performance.now();
      let lastMs = startedMs;
      for (const one of all) watch(one, startedMs, () => (lastMs = performance.now()));
      let timer: NodeJS.Timeout | undefined;
      const outOfPatience = new Promise<void>((resolve) => {
        timer = setInterval(() => {
          const nowMs = performance.now();
          const limitMs = Math.min(Math.max(2 * usualMs, patienceMs.min), patienceMs.max);
          if (nowMs - lastMs >= limitMs || nowMs - startedMs >= patienceMs.inAll) resolve();
        }, patienceMs.min / 4);
      });
      try {
        await Promise.race([Promise.all(all.map(({ work }) => work)), outOfPatience]);
      } finally {
        clearInterval(timer);
      }
      return all.filter(({ isDone }) => !isDone);
    },
  };
}
