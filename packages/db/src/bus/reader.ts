import type { Reader, Subscription } from '@counterstep/saga-core/choreography';
import { createAlarm } from '@counterstep/saga-core/engine';
import { partitions } from '../schema/participant-tables.ts';
import { groupBy } from '../group-by.ts';
import type { Queryable } from '../tx/index.ts';
import {
  advanceCursors,
  type CursorTable,
  ensureCursors,
  freePartitions,
  leasePartitions,
} from './partitions.ts';
import { moveOn, type Place } from './place.ts';
import { type Position, readOutbox } from './read-outbox.ts';

/** In case a wake-up is lost. */
const pollMs = 500;
const renewMs = 1_000;
/**
 * Places go on in memory and are stored this often: what is read twice after a crash is harmless, and
 * one update in a second's stead of fifty keeps the table small.
 */
const storeMs = 200;
/** Messages per partition and read. */
const readMax = 200;

/**
 * Reads one outbox through cursors: nothing is inserted or deleted per delivery, and while the reader
 * lives nothing is read twice.
 */
export function createReader(
  outbox: Queryable,
  cursors: CursorTable,
  { member, members, handle, onError, restMsMax = 0 }: Subscription,
): Reader {
  const alarm = createAlarm();
  let places: readonly Place[] = [];
  /** Places in memory that are further than the stored ones. */
  const unstored = new Map<number, Position>();
  let leasedAtMs = 0;
  let storedAtMs = 0;
  let stopping = false;
  let loop: Promise<void> | undefined;

  async function lease(): Promise<void> {
    if (Date.now() - leasedAtMs < renewMs) return;
    // Whoever gets what this worker gives back goes on from there.
    await store();
    const known = new Map(places.map((place) => [place.partition, place]));
    const leased = await leasePartitions(
      cursors,
      member,
      Math.ceil(partitions / Math.max(1, members())),
    );
    // A partition that stayed ours goes on from memory: the stored place may lag behind.
    places = leased.map((p) => known.get(p.partition) ?? { ...p, handled: [] });
    leasedAtMs = Date.now();
  }

  /** Returns whether there may be more. */
  async function turn(): Promise<boolean> {
    await lease();
    if (places.length === 0) return false;
    const { deliveries, xmin } = await readOutbox(outbox, places, readMax);
    if (deliveries.length > 0) await handle(deliveries.map((d) => d.message));
    const fresh = groupBy(deliveries, (d) => d.partition);
    places = places.map((place) => {
      const cursors = (fresh.get(place.partition) ?? []).map((d) => d.cursor);
      const moved = moveOn(place, { fresh: cursors, xmin, isCut: cursors.length >= readMax });
      if (moved.cursor !== place.cursor) unstored.set(moved.partition, moved);
      return moved;
    });
    if (Date.now() - storedAtMs >= storeMs) await store();
    return deliveries.length >= readMax;
  }

  async function store(): Promise<void> {
    const moved = [...unstored.values()];
    if (moved.length > 0) await advanceCursors(cursors, member, moved);
    unstored.clear();
    storedAtMs = Date.now();
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const startedMs = Date.now();
      try {
        const more = await turn();
        await rest(Math.min(Date.now() - startedMs, restMsMax));
        if (more) continue;
      } catch (error) {
        onError(error);
        // A reading that takes too long for all it has to leave out must become shorter: twice is harmless.
        places = places.map((place) => ({ ...place, handled: [] }));
      }
      await alarm.wait(pollMs);
    }
  }

  return {
    async start() {
      await ensureCursors(cursors);
      loop ??= run();
    },
    async stop() {
      stopping = true;
      alarm.wake();
      await loop;
      await store();
      await freePartitions(cursors, [member]);
    },
    wake: () => alarm.wake(),
    async takeOver(ended) {
      await freePartitions(cursors, ended);
      // Not at the next renewal: what has become free is taken now.
      leasedAtMs = 0;
    },
  };
}

async function rest(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
