import type { InvariantResult, Violation } from './types.ts';

/** Suspicions of one invariant that are looked at again: as many as workers may let go of at once. */
const suspicionsMax = 20_000;
/** More than a person will read. */
const listedMax = 1_000;

/** What the first look found about one invariant. */
export interface Tally {
  rows: number;
  inFlight: number;
  /** The first of them; the others are only counted. */
  readonly suspicions: Violation[];
  more: number;
}

export const emptyTally = (): Tally => ({ rows: 0, inFlight: 0, suspicions: [], more: 0 });

export function suspect(tally: Tally, suspicion: Violation): void {
  if (tally.suspicions.length < suspicionsMax) tally.suspicions.push(suspicion);
  else tally.more += 1;
}

/** Broken in the same way twice is a violation; what has changed in between was in flight. */
export function settled(
  { rows, inFlight, suspicions, more }: Tally,
  second: readonly Violation[],
): Pick<InvariantResult, 'rowsChecked' | 'violations' | 'unlisted' | 'inFlight'> {
  const keyOf = ({ sagaId, detail }: Violation) => `${sagaId ?? ''} ${detail}`;
  const before = new Set(suspicions.map(keyOf));
  const violations = second.filter((violation) => before.has(keyOf(violation)));
  return {
    rowsChecked: rows,
    violations: violations.slice(0, listedMax),
    unlisted: Math.max(0, violations.length - listedMax) + more,
    inFlight: inFlight + suspicions.length - violations.length,
  };
}
