import type { Lifecycle } from '@counterstep/saga-core/engine';
import { findGhostOwners, findSuspects, reapWorker } from '@counterstep/db/store';
import type { Pool } from '@counterstep/db/tx';

export interface ReaperOptions {
  readonly pool: Pool;
  readonly self: string;
  /** A worker was declared dead and its sagas are claimable again. */
  readonly onReaped: (workerId: string, sagas: number) => void;
  readonly onError: (error: unknown) => void;
}

const lookMs = 100;
const looksPerGhostHunt = 10;
/** A live worker takes a lost lock again within 200 ms; one that has not is dead. */
const lockFreeMsMax = 300;

/** Looks for workers that have ended and gives their sagas back. Every worker does it; twice is harmless. */
export function createReaper({ pool, self, onReaped, onError }: ReaperOptions): Lifecycle {
  const freeSinceMs = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looks = 0;

  async function look(): Promise<void> {
    const suspects = (await findSuspects(pool)).filter(({ id }) => id !== self);
    const ids = new Set(suspects.map(({ id }) => id));
    for (const id of freeSinceMs.keys()) if (!ids.has(id)) freeSinceMs.delete(id);
    for (const { id, isLockFree, isSilent } of suspects) {
      const sinceMs = freeSinceMs.get(id) ?? Date.now();
      freeSinceMs.set(id, sinceMs);
      if (isSilent || (isLockFree && Date.now() - sinceMs >= lockFreeMsMax)) {
        freeSinceMs.delete(id);
        onReaped(id, await reapWorker(pool, id));
      }
    }
  }

  async function layGhosts(): Promise<void> {
    for (const id of await findGhostOwners(pool)) onReaped(id, await reapWorker(pool, id));
  }

  async function loop(): Promise<void> {
    await look().catch(onError);
    looks += 1;
    if (looks % looksPerGhostHunt === 0) await layGhosts().catch(onError);
    if (!stopped) timer = setTimeout(() => void loop(), lookMs);
  }

  return {
    start() {
      void loop();
      return Promise.resolve();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      return Promise.resolve();
    },
  };
}
