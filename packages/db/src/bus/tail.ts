import { groupBy } from '../group-by.ts';
import type { Queryable } from '../tx/index.ts';
import { advanceCursors, type CursorTable, leasePartitions, type Wanted } from './partitions.ts';
import { moveOn, type Place } from './place.ts';
import { emptyPage, isFull, type Limits, type Page, within } from './page.ts';
import { type Position, readOutbox } from './read-outbox.ts';

/** What one member reads of one outbox, and how far it is there. */
export interface Tail {
  /** Takes partitions, or keeps them: nobody else reads them. Returns those that it has. */
  lease(wanted: Wanted): Promise<readonly number[]>;
  /** Takes them anew with the next lease. */
  expire(): void;
  /** What has not been handled, of each partition in the order of commits. */
  read(): Promise<Page>;
  /** Everything of the page that comes no later than its partition's limit has been handled. */
  moveOn(page: Page, limits: Limits): void;
  /** Reads once more what was handled above its places: twice is harmless. */
  forget(): void;
  /** Stores the places where they have moved. */
  store(): Promise<void>;
}

const renewMs = 1_000;

export interface TailOptions {
  readonly outbox: Queryable;
  readonly cursors: CursorTable;
  readonly member: string;
  /** Types of messages that are wanted; absent: all. */
  readonly types?: readonly string[];
}

export function createTail({ outbox, cursors, member, types }: TailOptions): Tail {
  let places: readonly Place[] = [];
  /** Places in memory that are further than the stored ones. */
  const unstored = new Map<number, Position>();
  let leasedAtMs = 0;
  const held = () => places.map(({ partition }) => partition);

  async function store(): Promise<void> {
    const moved = [...unstored.values()];
    if (moved.length > 0) await advanceCursors(cursors, member, moved);
    unstored.clear();
  }

  return {
    async lease(wanted) {
      if (Date.now() - leasedAtMs < renewMs) return held();
      // Whoever gets what this worker gives back goes on from there.
      await store();
      const known = new Map(places.map((place) => [place.partition, place]));
      const leased = await leasePartitions(cursors, member, wanted);
      // A partition that stayed ours goes on from memory: the stored place may lag behind.
      places = leased.map((p) => known.get(p.partition) ?? { ...p, handled: [] });
      leasedAtMs = Date.now();
      return held();
    },
    expire() {
      leasedAtMs = 0;
    },
    async read() {
      if (places.length === 0) return emptyPage;
      const { deliveries, xmin } = await readOutbox(outbox, places, types);
      return { byPartition: groupBy(deliveries, (d) => d.partition), xmin };
    },
    moveOn({ byPartition, xmin }, limits) {
      places = places.map((place) => {
        const found = byPartition.get(place.partition) ?? [];
        const handled = within(found, limits.get(place.partition));
        // Between the place and what is left there may be more.
        if (handled.length === 0 && found.length > 0) return place;
        const isCut = handled.length < found.length || isFull(found);
        const moved = moveOn(place, { fresh: handled.map((d) => d.cursor), xmin, isCut });
        if (moved.cursor !== place.cursor) unstored.set(moved.partition, moved);
        return moved;
      });
    },
    forget() {
      places = places.map((place) => ({ ...place, handled: [] }));
    },
    store,
  };
}
