import type { Reader, Subscription } from '@counterstep/saga-core/choreography';
import { createAlarm } from '@counterstep/saga-core/engine';
import { partitions } from '../schema/participant-tables.ts';
import type { Queryable } from '../tx/index.ts';
import {
  advanceCursors,
  type CursorTable,
  ensureCursors,
  freePartitions,
  leasePartitions,
} from './partitions.ts';
import { type Delivery, type Position, readOutbox } from './read-outbox.ts';

const pollMs = 250;
const renewMs = 1_000;
/**
 * Places go on in memory and are stored this often: what is read twice after a crash is harmless, and
 * one update in a second's stead of fifty keeps the table small.
 */
const storeMs = 200;
/** Messages per partition and read. */
const readMax = 200;

/**
 * Reads one outbox through cursors: nothing is inserted or deleted per delivery. Messages above the
 * last settled place may be seen again, so what was handled there is remembered until it settles.
 */
export function createReader(
  outbox: Queryable,
  cursors: CursorTable,
  { member, members, handle, onError, restMsMax = 0 }: Subscription,
): Reader {
  const alarm = createAlarm();
  const handled = new Map<number, Set<string>>();
  let positions: Position[] = [];
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
    const known = new Map(positions.map((p) => [p.partition, p]));
    const leased = await leasePartitions(
      cursors,
      member,
      Math.ceil(partitions / Math.max(1, members())),
    );
    // A partition that stayed ours goes on from memory: the stored place may lag behind.
    positions = leased.map((p) => known.get(p.partition) ?? p);
    const isOurs = (partition: number) => positions.some((p) => p.partition === partition);
    for (const partition of handled.keys()) if (!isOurs(partition)) handled.delete(partition);
    leasedAtMs = Date.now();
  }

  /** Returns whether there may be more. */
  async function turn(): Promise<boolean> {
    await lease();
    const remembered = Math.max(0, ...[...handled.values()].map((set) => set.size));
    const limit = readMax + remembered;
    const deliveries = await readOutbox(outbox, positions, limit);
    const fresh = deliveries.filter((d) => !handled.get(d.partition)?.has(d.cursor.id));
    if (fresh.length > 0) await handle(fresh.map((d) => d.message));
    settle(deliveries);
    if (Date.now() - storedAtMs >= storeMs) await store();
    return fresh.length >= readMax;
  }

  function settle(deliveries: readonly Delivery[]): void {
    const advanced = new Map<number, Position>();
    for (const { partition, cursor, isSettled } of deliveries) {
      const memory = handled.get(partition) ?? new Set<string>();
      handled.set(partition, memory);
      if (isSettled) {
        memory.delete(cursor.id);
        advanced.set(partition, { partition, cursor });
      } else {
        memory.add(cursor.id);
      }
    }
    positions = positions.map((p) => advanced.get(p.partition) ?? p);
    for (const position of advanced.values()) unstored.set(position.partition, position);
  }

  async function store(): Promise<void> {
    const places = [...unstored.values()];
    if (places.length > 0) await advanceCursors(cursors, member, places);
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
