import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from '@counterstep/db/tx';

/** A saga as its row shows it. */
export interface Seen {
  readonly id: string;
  readonly status: string;
  readonly seq: number;
  /** Names of the steps that have begun. */
  readonly begun: readonly string[];
  readonly ready: boolean;
}

interface Waiter {
  readonly sagaId: string;
  readonly condition: (seen: Seen) => boolean;
  readonly deadlineMs: number;
  readonly resolve: (seen: Seen) => void;
  readonly reject: (error: Error) => void;
}

const pollMs = 25;

/** Looks at hundreds of sagas with one query, so that looking does not slow them down. */
export interface Watch {
  until(sagaId: string, condition: (seen: Seen) => boolean, ms: number): Promise<Seen>;
}

export function createWatch(pool: Pool): Watch {
  let waiters: Waiter[] = [];
  let isLooking = false;

  async function look(): Promise<void> {
    const ids = [...new Set(waiters.map(({ sagaId }) => sagaId))];
    const rows = await pool.query<Seen>(
      `select id, status, seq, array(select json_object_keys(summary -> 'steps')) as begun,
              exists (select from saga.ready r where r.saga_id = id) as ready
         from saga.instance where id = any($1::uuid[])`,
      [ids],
    );
    const seenOf = new Map(rows.map((row) => [row.id, row]));
    waiters = waiters.filter((waiter) => {
      const seen = seenOf.get(waiter.sagaId);
      if (seen && waiter.condition(seen)) waiter.resolve(seen);
      else if (Date.now() > waiter.deadlineMs) {
        waiter.reject(new Error(`Saga ${waiter.sagaId} is still ${seen?.status ?? 'unseen'}.`));
      } else return true;
      return false;
    });
  }

  async function loop(): Promise<void> {
    isLooking = true;
    while (waiters.length > 0) {
      await look().catch((error: unknown) => {
        for (const { reject } of waiters) reject(new Error('Looking failed.', { cause: error }));
        waiters = [];
      });
      await delay(pollMs);
    }
    isLooking = false;
  }

  return {
    until(sagaId, condition, ms) {
      return new Promise((resolve, reject) => {
        waiters.push({ sagaId, condition, deadlineMs: Date.now() + ms, resolve, reject });
        if (!isLooking) void loop();
      });
    },
  };
}
