import type { Direction } from '@counterstep/saga-core/participant';
import type { FaultKind } from '../../faults/index.ts';
import type { Queryable } from '../../tx/index.ts';
import { type Range, stepOf } from './window.ts';

/** A time during which one kind of fault struck one step's calls. */
export interface FaultSpan {
  readonly step: string;
  readonly direction: Direction;
  readonly kind: FaultKind;
  /** ISO 8601; whole steps of the range. */
  readonly from: string;
  readonly to: string;
  /** Calls that it struck. */
  readonly calls: number;
}

interface FaultCount {
  readonly at: number;
  readonly step: string;
  readonly direction: Direction;
  readonly kind: FaultKind;
  readonly calls: number;
}

const rowsMax = 5_000;
const spansMax = 30;
/** Steps without a call in between that still count as the same time. */
const pauseMax = 3;

/**
 * Faults as they struck, not as they were switched on: each decision is stored with its time, while a
 * rule is gone once somebody clears it.
 */
export async function readFaultSpans(db: Queryable, range: Range): Promise<FaultSpan[]> {
  const rows = await db.query<FaultCount>(
    `select ${stepOf('at')} as at, split_part(key, '/', 2) as step,
            split_part(key, '/', 3) as direction, kind, count(*)::int as calls
       from saga.fault_decision
      where at >= $1::timestamptz and at < $2::timestamptz and kind is not null
      group by 1, 2, 3, 4 order by 1 limit ${rowsMax}`,
    [range.from, range.to, range.stepSeconds],
  );
  return spansOf(rows, range);
}

/** Counts that follow each other closely, as one; those with the most calls when there are too many. */
function spansOf(counts: readonly FaultCount[], range: Range): FaultSpan[] {
  const spans: (FaultCount & { readonly until: number })[] = [];
  for (const count of counts) {
    const index = spans.findLastIndex(
      ({ step, direction, kind }) =>
        step === count.step && direction === count.direction && kind === count.kind,
    );
    const open = spans[index];
    if (open && count.at - open.until <= pauseMax) {
      spans[index] = { ...open, until: count.at, calls: open.calls + count.calls };
    } else {
      spans.push({ ...count, until: count.at });
    }
  }
  const moment = (step: number) =>
    new Date(range.from.getTime() + step * range.stepSeconds * 1_000).toISOString();
  return spans
    .toSorted((a, b) => b.calls - a.calls)
    .slice(0, spansMax)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, until, ...rest }) => ({ ...rest, from: moment(at), to: moment(until + 1) }));
}
