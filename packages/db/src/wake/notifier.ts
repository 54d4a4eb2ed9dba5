import type { Pool } from '../tx/index.ts';

/** What a wake-up is about; it carries nothing else. A lost one costs latency only, since all listeners poll. */
export type Topic = 'ready' | 'mail' | 'events' | 'outbox' | 'faults';

export const channel = 'counterstep';

export interface Notifier {
  /** Tells all listeners, soon. Never inside a transaction, never awaited. */
  notify(topic: Topic): void;
  stop(): void;
}

/** Notifications per second at the most; the first after a silence goes at once. */
const perSecondMax = 50;

/**
 * Coalesced NOTIFY on a connection of its own. Never in the transaction that wrote: a notifying
 * commit holds a lock of the whole cluster until it is done.
 */
export function createNotifier(pool: Pool): Notifier {
  const pending = new Set<Topic>();
  let timer: NodeJS.Timeout | undefined;
  let lastMs = 0;
  let stopped = false;

  function send(): void {
    timer = undefined;
    lastMs = Date.now();
    const topics = [...pending];
    pending.clear();
    const sql = `select pg_notify('${channel}', topic) from unnest($1::text[]) topic`;
    // Nobody waits for it: listeners poll when it is lost.
    pool.query(sql, [topics]).catch(() => undefined);
  }

  return {
    notify(topic) {
      if (stopped) return;
      pending.add(topic);
      timer ??= setTimeout(send, Math.max(0, lastMs + 1_000 / perSecondMax - Date.now()));
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
