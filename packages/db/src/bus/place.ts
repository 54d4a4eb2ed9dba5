import type { Cursor } from './read-outbox.ts';

/** How far a reader is in one partition. */
export interface Place {
  readonly partition: number;
  /** Everything up to here has been handled, and nothing can come before it any more. */
  readonly cursor: Cursor;
  /** What has been handled beyond the cursor: earlier messages may still be committed. */
  readonly handled: readonly Cursor[];
}

export interface Read {
  /** What was found and has been handled now, in order. */
  readonly fresh: readonly Cursor[];
  /** The oldest transaction that was running then. */
  readonly xmin: string;
  /** More was there than was asked for. */
  readonly isCut: boolean;
}

/**
 * A sequence is not commit order: a lower transaction may commit later. So a place moves on only below
 * the oldest one that was running, and what was handled above is remembered until that one has ended.
 */
export function moveOn(place: Place, { fresh, xmin, isCut }: Read): Place {
  const all = place.handled.length === 0 ? fresh : [...place.handled, ...fresh];
  // Beyond the last message of a reading that was cut short there may be unread ones.
  const end = isCut ? fresh.at(-1) : undefined;
  const isSettled = (at: Cursor) => compareNumbers(at.xid, xmin) < 0 && !(end && isBefore(end, at));
  let { cursor } = place;
  for (const at of all) if (isSettled(at) && isBefore(cursor, at)) cursor = at;
  return { ...place, cursor, handled: all.filter((at) => isBefore(cursor, at)) };
}

function isBefore(a: Cursor, b: Cursor): boolean {
  return (compareNumbers(a.xid, b.xid) || compareNumbers(a.id, b.id)) < 0;
}

/** Decimal text without leading zeros: the longer one is the larger. */
function compareNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
