import type { Lifecycle } from '@counterstep/saga-core/engine';
import type { Pool } from '../tx/index.ts';
import { listen } from '../wake/index.ts';

/** A saga's log has grown: it holds events up to `seq`. Readers fetch what they lack by sequence. */
export interface Change {
  readonly sagaId: string;
  readonly seq: number;
}

export interface Subscriber {
  onChange(changes: readonly Change[]): void;
}

export interface Hub extends Lifecycle {
  subscribe(subscriber: Subscriber): () => void;
  /** Age of the newest event when it was seen here. */
  readonly lagMs: number;
}

export interface HubOptions {
  readonly pool: Pool;
  /** For a direct connection that listens. */
  readonly url: string;
  readonly onError: (error: unknown) => void;
}

const pollMs = 500;
const readMax = 5_000;
/** After a wake-up, this long for more to gather: at most 40 reads a second. */
const gatherMs = 25;

interface TailRow {
  readonly saga_id: string;
  readonly seq: number;
  readonly xid: string;
  readonly settled: boolean;
  readonly age_ms: string;
}

/**
 * Tails the logs of all sagas, once per process, and says which have grown. A sequence is not commit
 * order, so the cursor only passes transactions below the oldest running one; what was told above it
 * is remembered until then.
 */
export function createHub({ pool, url, onError }: HubOptions): Hub {
  const subscribers = new Set<Subscriber>();
  const told = new Set<string>();
  let cursor = '0';
  let lagMs = 0;
  /** The first read after nobody watched may bring old news; its age says nothing about the lag. */
  let isCaughtUp = false;
  let timer: NodeJS.Timeout | undefined;
  let dueMs = Number.POSITIVE_INFINITY;
  let running = false;
  let again = false;
  let stopped = false;
  let listener: { stop(): Promise<void> } | undefined;

  async function turn(): Promise<void> {
    const rows = await pool.query<TailRow>(
      `select saga_id, seq, xid, xid < pg_snapshot_xmin(pg_current_snapshot()) as settled,
              extract(epoch from clock_timestamp() - at) * 1000 as age_ms
         from saga.event where xid >= $1::xid8 order by xid limit $2`,
      [cursor, readMax + told.size],
    );
    const fresh = rows.filter((row) => !told.has(`${row.saga_id}/${row.seq}`));
    remember(rows);
    if (fresh.length > 0) tell(fresh);
    isCaughtUp = true;
    if (fresh.length >= readMax) schedule(0);
  }

  function remember(rows: readonly TailRow[]): void {
    const settled = rows.findLast((row) => row.settled);
    // Rows of one transaction share its number: the cursor stays on it, and they stay remembered.
    if (settled) cursor = settled.xid;
    told.clear();
    for (const row of rows) {
      if (!row.settled || row.xid === cursor) told.add(`${row.saga_id}/${row.seq}`);
    }
  }

  function tell(rows: readonly TailRow[]): void {
    const latest = new Map<string, number>();
    for (const row of rows) {
      latest.set(row.saga_id, Math.max(row.seq, latest.get(row.saga_id) ?? 0));
    }
    if (isCaughtUp)
      lagMs = Math.max(0, Math.round(Math.min(...rows.map((row) => Number(row.age_ms)))));
    const changes = [...latest].map(([sagaId, seq]) => ({ sagaId, seq }));
    for (const subscriber of subscribers) {
      try {
        subscriber.onChange(changes);
      } catch (error) {
        onError(error);
      }
    }
  }

  /** Runs within `ms`; an earlier appointment stands. */
  function schedule(ms: number): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    if (Date.now() + ms >= dueMs) return;
    clearTimeout(timer);
    dueMs = Date.now() + ms;
    timer = setTimeout(() => void run(), ms);
  }

  /** Nobody watches: follow the present without reading. A subscriber who comes meanwhile keeps the older place. */
  async function follow(): Promise<void> {
    const [row] = await pool.query<{ xid: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot()) as xid',
    );
    if (!row || subscribers.size > 0) return;
    cursor = row.xid;
    told.clear();
    isCaughtUp = false;
  }

  async function run(): Promise<void> {
    running = true;
    try {
      await (subscribers.size === 0 ? follow() : turn());
    } catch (error) {
      onError(error);
    }
    running = false;
    dueMs = Number.POSITIVE_INFINITY;
    schedule(again ? gatherMs : pollMs);
    again = false;
  }

  return {
    async start() {
      listener = await listen(url, 'counterstep-hub', () => {
        if (subscribers.size > 0) schedule(gatherMs);
      });
      await follow();
      schedule(pollMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await listener?.stop();
    },
    subscribe(subscriber) {
      subscribers.add(subscriber);
      schedule(0);
      return () => subscribers.delete(subscriber);
    },
    get lagMs() {
      return lagMs;
    },
  };
}
