const pauseMs = 120;

const running = new Set<string>();
const wanted = new Set<string>();

/**
 * Runs at once, and again after a pause if it was asked for meanwhile. A read per event would cancel
 * the one before it for as long as events keep coming, and the page would show none of them.
 */
export function refreshSoon(key: string, refresh: () => Promise<unknown>): void {
  if (running.has(key)) {
    wanted.add(key);
    return;
  }
  running.add(key);
  const pause = new Promise((resolve) => setTimeout(resolve, pauseMs));
  void Promise.allSettled([refresh(), pause]).then(() => {
    running.delete(key);
    if (wanted.delete(key)) refreshSoon(key, refresh);
  });
}
