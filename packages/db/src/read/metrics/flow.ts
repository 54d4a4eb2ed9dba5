import type { Queryable } from '../../tx/index.ts';
import { backlogBySteps, readAccepted, readBacklog } from './backlog.ts';
import { type Ends, noEnds, readEnds } from './ends.ts';
import { type FaultSpan, readFaultSpans } from './faults.ts';
import { type MetricWindow, type Range, rangeOf } from './window.ts';

/** What happened in one step of the axis. */
export interface FlowStep extends Ends {
  /** Its start, ISO 8601. */
  readonly at: string;
  readonly accepted: number;
  /** Sagas under way at its end. */
  readonly backlog: number;
}

/** Throughput, time to the end, backlog and faults over a window; sagas that were retired are not in it. */
export interface FlowMetrics {
  readonly window: MetricWindow;
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly stepSeconds: number;
  readonly steps: readonly FlowStep[];
  /** Of the whole window, so that percentiles are no averages of percentiles. */
  readonly total: Ends & { readonly accepted: number; readonly backlog: number };
  readonly faults: readonly FaultSpan[];
}

export async function readFlowMetrics(db: Queryable, window: MetricWindow): Promise<FlowMetrics> {
  const range = await rangeOf(db, window);
  const [ends, accepted, backlog, faults] = await Promise.all([
    readEnds(db, range),
    readAccepted(db, range),
    readBacklog(db, range),
    readFaultSpans(db, range),
  ]);
  const sum = [...accepted.values()].reduce((total, value) => total + value, 0);
  return {
    window,
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    stepSeconds: range.stepSeconds,
    steps: stepsOf(range, { ends, accepted, backlog }),
    total: { ...(ends.get(null) ?? noEnds), accepted: sum, backlog },
    faults,
  };
}

interface Read {
  readonly ends: ReadonlyMap<number | null, Ends>;
  readonly accepted: ReadonlyMap<number, number>;
  readonly backlog: number;
}

/** Every step of the range; nothing happened in those that no row speaks of. */
function stepsOf(range: Range, { ends, accepted, backlog }: Read): FlowStep[] {
  const counted = Array.from({ length: range.steps }, (_, step) => {
    const its = ends.get(step) ?? noEnds;
    const ended = its.completed + its.compensated + its.resolved;
    return { ...its, ended, accepted: accepted.get(step) ?? 0 };
  });
  const backlogs = backlogBySteps(backlog, counted);
  return counted.map(({ ended: _ended, ...step }, index) => ({
    ...step,
    at: new Date(range.from.getTime() + index * range.stepSeconds * 1_000).toISOString(),
    backlog: backlogs[index] ?? 0,
  }));
}
