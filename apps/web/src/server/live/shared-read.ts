/** An answer is kept for so many times what it took: reading costs at most a twentieth of one connection. */
const restFactor = 20;
/** One that was slow by accident must not freeze what is shown. */
const restMaxMs = 5_000;

interface Options {
  /** An answer is shared for so long after it was asked for. */
  readonly freshMs: number;
  /** For answers that are slow by nature: how long they may be kept in proportion. Default 5 000. */
  readonly restMaxMs?: number;
}

/**
 * One answer for all callers of this process within `freshMs`, or longer when reading takes long: the
 * load on the database grows neither with the number of open tabs nor, without bound, with the number
 * of sagas. However long a read takes, there is never a second one beside it.
 */
export interface SharedRead<T> {
  (): Promise<T>;
  /** An answer whose reading began after this call, never beside another one: it waits its turn. */
  anew(): Promise<T>;
}

export function sharedRead<T>(read: () => Promise<T>, options: Options): SharedRead<T> {
  const most = options.restMaxMs ?? restMaxMs;
  let running: Promise<T> | undefined;
  /** Waits for the running one to end. */
  let next: Promise<T> | undefined;
  let answered: Promise<T> | undefined;
  let freshUntil = 0;

  function start(): Promise<T> {
    const readAt = Date.now();
    // A failure is for those who wait for it now; the next caller tries again.
    const started = read().finally(() => (running = undefined));
    void started.then(
      () => {
        answered = started;
        const restMs = Math.min((Date.now() - readAt) * restFactor, most);
        freshUntil = readAt + Math.max(options.freshMs, restMs);
      },
      () => undefined,
    );
    running = started;
    return started;
  }
  function startAfter(earlier: Promise<T>): Promise<T> {
    const begin = () => {
      next = undefined;
      return start();
    };
    next = earlier.then(begin, begin);
    return next;
  }
  const latest = () =>
    answered && Date.now() < freshUntil ? answered : (running ?? next ?? start());
  const anew = () => next ?? (running ? startAfter(running) : start());
  return Object.assign(latest, { anew });
}
