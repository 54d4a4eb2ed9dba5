import { createAlarm, type Lifecycle } from '@counterstep/saga-core/engine';
import type { Pool } from '../tx/index.ts';
import type { RetentionPolicy } from './policy.ts';

/** Sagas per transaction: some milliseconds, so that nobody waits and little is undone if it fails. */
const batch = 200;
const everyMs = 60_000;

export interface RetentionOptions {
  readonly pool: Pool;
  readonly policy: RetentionPolicy;
  readonly onError: (error: unknown) => void;
}

/** Retires sagas that ended longer ago than the policy keeps them, once a minute, batch after batch. */
export function createRetention({ pool, policy, onError }: RetentionOptions): Lifecycle {
  const alarm = createAlarm();
  let stopping = false;
  let loop: Promise<void> | undefined;

  async function turn(): Promise<void> {
    for (let more = true; more && !stopping;) more = (await retireBatch(pool, policy)) === batch;
  }

  return {
    start() {
      loop ??= (async () => {
        while (!stopping) {
          await turn().catch(onError);
          if (!stopping) await alarm.wait(everyMs);
        }
      })();
      return Promise.resolve();
    },
    async stop() {
      stopping = true;
      alarm.wake();
      await loop;
    },
  };
}

/**
 * Retires one batch, the oldest sagas first, each with its log and all else that is its own, in one
 * transaction. Returns how many; 0 also while another worker is at it.
 */
export async function retireBatch(
  pool: Pool,
  { days, mode }: RetentionPolicy,
  limit = batch,
): Promise<number> {
  return pool.transaction(async (tx) => {
    const [lock] = await tx.query<{ mine: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext('counterstep retention')) as mine`,
    );
    if (!lock?.mine) return 0;
    const [row] = await tx.query<{ retired: number }>(
      `select saga.retire(clock_timestamp() - $1::float8 * interval '1 day', $2, $3) as retired`,
      [days, mode, limit],
    );
    return row?.retired ?? 0;
  });
}
