import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import { createAlarm, type Lifecycle } from '@counterstep/saga-core/engine';
import type { Queryable } from '../tx/index.ts';
import {
  advanceCursors,
  type CursorTable,
  ensureCursors,
  freePartitions,
  leasePartitions,
} from './partitions.ts';
import { type Delivery, type Position, readOutbox } from './read-outbox.ts';

export interface ConsumerOptions {
  /** The database whose outbox is read. */
  readonly outbox: Queryable;
  readonly cursors: CursorTable;
  readonly workerId: string;
  /** How many partitions are this worker's fair share. */
  readonly share: () => number;
  /**
   * Handles messages, in order per saga. When it returns, each has been dealt with for good: done,
   * parked or held. A throw leaves the cursor where it is, and the messages come again.
   */
  readonly handle: (messages: readonly RecordedMessage[]) => Promise<void>;
  /**
   * For a reader that has less to do when messages of one saga come together: after a turn it rests for
   * as long as the turn took, this long at the most. Default 0.
   */
  readonly restMsMax?: number;
  readonly onError: (error: unknown) => void;
}

export interface Consumer extends Lifecycle {
  wake(): void;
  /** Frees what dead workers held. */
  free(workerIds: readonly string[]): Promise<void>;
}

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
export function createConsumer(options: ConsumerOptions): Consumer {
  const { cursors, workerId, onError } = options;
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
    const leased = await leasePartitions(cursors, workerId, options.share());
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
    const deliveries = await readOutbox(options.outbox, positions, limit);
    const fresh = deliveries.filter((d) => !handled.get(d.partition)?.has(d.cursor.id));
    if (fresh.length > 0) await options.handle(fresh.map((d) => d.message));
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
    if (places.length > 0) await advanceCursors(cursors, workerId, places);
    unstored.clear();
    storedAtMs = Date.now();
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const startedMs = Date.now();
      try {
        const more = await turn();
        await rest(Math.min(Date.now() - startedMs, options.restMsMax ?? 0));
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
      await freePartitions(cursors, [workerId]);
    },
    wake: () => alarm.wake(),
    async free(workerIds) {
      await freePartitions(cursors, workerIds);
      // Not at the next renewal: what has become free is taken now.
      leasedAtMs = 0;
    },
  };
}

async function rest(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
