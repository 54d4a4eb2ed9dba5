/**
 * One answer for all streams of this process within `freshMs`: the load of counts and rules on the
 * database does not grow with the number of open tabs.
 */
export function sharedRead<T>(read: () => Promise<T>, freshMs: number): () => Promise<T> {
  let latest: Promise<T> | undefined;
  let readAt = 0;
  return () => {
    const now = Date.now();
    if (!latest || now - readAt >= freshMs) {
      readAt = now;
      latest = read();
      // A failure is for those who wait for it now; the next caller tries again.
      latest.catch(() => {
        latest = undefined;
      });
    }
    return latest;
  };
}
