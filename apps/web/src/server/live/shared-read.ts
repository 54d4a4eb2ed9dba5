/** An answer is kept for so many times what it took: reading costs at most a twentieth of one connection. */
const restFactor = 20;
/** One that was slow by accident must not freeze what is shown. */
const restMaxMs = 5_000;

/**
 * One answer for all streams of this process within `freshMs`, or longer when reading takes long: the
 * load of counts and rules on the database grows neither with the number of open tabs nor, without
 * bound, with the number of sagas.
 */
export function sharedRead<T>(read: () => Promise<T>, freshMs: number): () => Promise<T> {
  let latest: Promise<T> | undefined;
  let readAt = 0;
  let tookMs = 0;
  return () => {
    const now = Date.now();
    if (!latest || now - readAt >= Math.max(freshMs, Math.min(tookMs * restFactor, restMaxMs))) {
      readAt = now;
      latest = read().finally(() => {
        tookMs = Date.now() - now;
      });
      // A failure is for those who wait for it now; the next caller tries again.
      latest.catch(() => {
        latest = undefined;
      });
    }
    return latest;
  };
}
