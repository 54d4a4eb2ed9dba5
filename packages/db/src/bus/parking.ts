import { type Batcher, createBatcher } from '@counterstep/saga-core/engine';
import type { Pool } from '../tx/index.ts';
import {
  keyOfParked,
  park,
  type ParkedMessage,
  type ParkOptions,
  unpark,
  unparkUnderWay,
} from './parked.ts';

/** One service's parked messages, written in batches: when many attempts fail, they fail at once. */
export interface ParkingPlace {
  /** Resolves when it is durable. */
  park(parked: ParkedMessage, options: ParkOptions): Promise<void>;
  /** Forgets a message that has been dealt with. */
  unpark(parked: ParkedMessage): Promise<void>;
  /** Forgets a message whose first attempt, parked meanwhile, ended well. */
  unparkUnderWay(parked: ParkedMessage): Promise<void>;
}

const sizeMax = 256;

export function createParkingPlace(pool: Pool): ParkingPlace {
  const parking = batches<readonly [ParkedMessage, ParkOptions]>(async (items) => {
    // Copies of one message may fail at the same time: of the same key the later attempt counts.
    for (const round of withoutCopies(items)) {
      await park(
        pool,
        round.map(([parked, options]) => ({ parked, options })),
      );
    }
  });
  const unparking = batches<ParkedMessage>((parked) => unpark(pool, parked));
  const forgetting = batches<ParkedMessage>((parked) => unparkUnderWay(pool, parked));
  return {
    park: (parked, options) => parking.add([parked, options]),
    unpark: (parked) => unparking.add(parked),
    unparkUnderWay: (parked) => forgetting.add(parked),
  };
}

/** One after another, so that a batch gathers while the one before it is written. */
function batches<Item>(write: (items: readonly Item[]) => Promise<void>): Batcher<Item, void> {
  return createBatcher<Item, void>({
    async run(items) {
      await write(items);
      return items.map(() => undefined);
    },
    sizeMax,
    inFlightMax: 1,
  });
}

type Item = readonly [ParkedMessage, ParkOptions];

/** Splits into rounds, no two items of one key in the same one. */
function withoutCopies(items: readonly Item[]): Item[][] {
  const rounds: Map<string, Item>[] = [];
  for (const item of items) {
    const key = keyOfParked(item[0]);
    const round = rounds.find((one) => !one.has(key));
    if (round) round.set(key, item);
    else rounds.push(new Map([[key, item]]));
  }
  return rounds.map((round) => [...round.values()]);
}
