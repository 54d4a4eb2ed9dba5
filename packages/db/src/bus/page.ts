import { type Delivery, pageMax } from './read-outbox.ts';

/** What one reading of an outbox has found. */
export interface Page {
  /** Of each partition in the order of commits. */
  readonly byPartition: ReadonlyMap<number, readonly Delivery[]>;
  /** The oldest transaction that was running. */
  readonly xmin: string;
}

export const emptyPage: Page = { byPartition: new Map(), xmin: '0' };

/** There may be more than was read. */
export const isFull = (found: readonly Delivery[]): boolean => found.length >= pageMax;

/** By partition: up to which time (ISO 8601) messages are handled; without a limit all of them are. */
export type Limits = ReadonlyMap<number, string>;

/**
 * A saga's messages are in the same partition of each outbox. Where one of them holds more than was
 * read, messages of the others that come later have to wait: their causes may be among what is left.
 * The page that sets a limit is within it, so that something is always handled.
 */
export function limitsOf(pages: readonly Page[]): Limits {
  const limits = new Map<number, string>();
  for (const { byPartition } of pages) {
    for (const [partition, found] of byPartition) {
      if (!isFull(found)) continue;
      const latest = found.reduce((most, { at }) => (at > most ? at : most), '');
      const limit = limits.get(partition);
      if (limit === undefined || latest < limit) limits.set(partition, latest);
    }
  }
  return limits;
}

/** The beginning of what was found, up to a time: no gap may be left before what is handled. */
export function within(found: readonly Delivery[], limit: string | undefined): readonly Delivery[] {
  if (limit === undefined) return found;
  const end = found.findIndex(({ at }) => at > limit);
  return end === -1 ? found : found.slice(0, end);
}
