import type { Lifecycle } from '@counterstep/saga-core/engine';
import { heartbeat, registerWorker, setWorkerStatus } from '@counterstep/db/store';
import { createPool, type Pool } from '@counterstep/db/tx';
import type { DatabaseClock } from './database-clock.ts';
import type { Identity } from './identity.ts';

export interface MembershipOptions {
  readonly url: string;
  readonly identity: Identity;
  readonly clock: DatabaseClock;
  /** What this process runs, `name@version` each. */
  readonly definitionKeys: readonly string[];
  readonly inFlight: () => number;
  /** The database has given this worker up, or its lock is lost for too long: drop everything. */
  readonly onExpelled: () => void;
  readonly onError: (error: unknown) => void;
}

export interface Membership extends Lifecycle {
  /** Says that no new work is taken. */
  drain(): Promise<void>;
}

const heartbeatMs = 1_000;
/** Twice missed, the lease is still good; this long without an answer, it is not. */
const silenceMsMax = 4_500;
const lockCheckMs = 150;

/**
 * Keeps this process known as alive: a heartbeat on one connection, a session advisory lock on
 * another. The lock is free within milliseconds of a `kill -9`; the heartbeat covers a lost host.
 */
export function createMembership(options: MembershipOptions): Membership {
  const { identity, clock, onError } = options;
  const base = { url: options.url, role: 'counterstep_engine', searchPath: 'saga', size: 1 };
  const beats = createPool({ ...base, applicationName: `counterstep-heartbeat ${identity.actor}` });
  const locks = createPool({
    ...base,
    applicationName: `counterstep-lock ${identity.actor}`,
    idleInTransactionMs: 0,
  });
  let timers: NodeJS.Timeout[] = [];
  let answeredMs = Date.now();
  let stopped = false;

  async function beat(): Promise<void> {
    const sentMs = Date.now();
    const answer = await heartbeat(beats, identity.id, options.inFlight());
    if (stopped) return;
    if (!answer) {
      expel();
      return;
    }
    answeredMs = Date.now();
    clock.adjust(sentMs, answer.nowMs);
  }

  function expel(): void {
    if (stopped) return;
    stopped = true;
    clear();
    options.onExpelled();
  }

  /** Taking the lock again on the same session is harmless; on a new one it is the point. */
  async function holdLock(): Promise<void> {
    if (stopped) return;
    await lockOnce(locks, identity.lockKey);
  }

  function repeat(work: () => Promise<void>, everyMs: number): NodeJS.Timeout {
    return setInterval(() => {
      work().catch(onError);
    }, everyMs);
  }

  function clear(): void {
    for (const timer of timers) clearInterval(timer);
    timers = [];
  }

  return {
    async start() {
      // The lock comes first: a row without lock would look like a dead worker.
      await holdLock();
      await registerWorker(beats, { ...identity, definitionKeys: options.definitionKeys });
      await beat();
      timers = [
        repeat(beat, heartbeatMs),
        repeat(holdLock, lockCheckMs),
        setInterval(() => {
          if (Date.now() - answeredMs > silenceMsMax) expel();
        }, 250),
      ];
    },
    drain: () => setWorkerStatus(beats, identity.id, 'draining'),
    async stop() {
      if (!stopped) {
        stopped = true;
        clear();
        await setWorkerStatus(beats, identity.id, 'stopped').catch(onError);
      }
      await Promise.all([beats.end(), locks.end()]);
    },
  };
}

async function lockOnce(locks: Pool, key: bigint): Promise<void> {
  await locks.query(
    `select pg_try_advisory_lock($1::bigint)
      where not exists (
        select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted)`,
    [key],
  );
}
