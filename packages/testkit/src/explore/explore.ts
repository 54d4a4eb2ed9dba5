import type { SagaStatus } from '@counterstep/saga-core/machine';
import type { Violation } from '../invariants/index.ts';
import {
  type Boundary,
  describePlan,
  type FaultPlan,
  plannedNetwork,
  recordingNetwork,
} from './fault-plan.ts';
import { lateMsOf, runOnce, type Subject } from './run.ts';

export interface ExploreOptions extends Omit<Subject, 'seed'> {
  /** Default 1. */
  readonly seed?: number;
  /** Which faults to try at each call; default all that there are. */
  readonly kinds?: readonly FaultPlan['kind'][];
}

/** A run in which a promise was broken, or that ended otherwise than it should. */
export interface ExploredFailure {
  readonly plan: FaultPlan;
  /** Says which run it was; `replay` with the plan plays it again. */
  readonly description: string;
  readonly status: SagaStatus;
  readonly violations: readonly Violation[];
}

export interface Exploration {
  /** How the undisturbed run ends, and every run with a crash must end. */
  readonly status: SagaStatus;
  readonly boundaries: readonly Boundary[];
  /** Runs with one fault each. */
  readonly points: number;
  readonly failures: readonly ExploredFailure[];
}

const allKinds = ['crash', 'lost-request', 'lost-reply', 'copy', 'late'] as const;

/**
 * Runs a saga once undisturbed and counts the calls that its worker makes, to the store and to
 * services; then once for each call and each fault at it. After each run every invariant is checked,
 * and a run with a crash must end as the undisturbed one did: a worker's death decides nothing.
 *
 * Plain functions run at the far side of the network and must not wait in real time.
 */
export async function exploreCrashPoints(options: ExploreOptions): Promise<Exploration> {
  const subject = { seed: 1, ...options };
  const recorded: Boundary[] = [];
  const baseline = await runOnce(subject, (sim) => recordingNetwork(sim, recorded));
  const boundaries = withoutIdleClaims(recorded);
  const failures: ExploredFailure[] = [];
  let points = 0;
  const [first] = baseline.violations;
  if (first) {
    const { status } = baseline;
    throw new Error(`It ends ${status} without any fault, and ${first.invariant}: ${first.detail}`);
  }
  for (const boundary of boundaries) {
    for (const plan of plansAt(boundary, options.kinds ?? allKinds)) {
      points += 1;
      const { status, violations } = await replay(subject, plan);
      const endsDifferently = plan.kind === 'crash' && status !== baseline.status;
      if (violations.length === 0 && !endsDifferently) continue;
      const description = describePlan(plan, boundary, subject.seed);
      failures.push({ plan, description, status, violations });
    }
  }
  return { status: baseline.status, boundaries, points, failures };
}

/** Plays one run again, for a closer look. */
export function replay(subject: ExploreOptions, plan: FaultPlan): ReturnType<typeof runOnce> {
  const lateMs = lateMsOf(subject.definition);
  return runOnce({ seed: 1, ...subject }, (sim) => plannedNetwork(sim, plan, lateMs));
}

function plansAt({ at, target }: Boundary, kinds: readonly FaultPlan['kind'][]): FaultPlan[] {
  return kinds.flatMap((kind): FaultPlan[] => {
    if (kind === 'crash') {
      const modes = ['before', 'unacknowledged', 'after'] as const;
      return modes.map((mode) => ({ kind, at, mode }));
    }
    // A statement reaches a database once, and is waited for. A plain function has no barrier that
    // could refuse it when it is late: its promise is at least once, and no more.
    if ((kind === 'copy' || kind === 'late') && target === 'store') return [];
    if (kind === 'late' && target === 'function') return [];
    return [{ kind, at }];
  });
}

/** While a saga waits, its worker looks for work over and over: the first and last look stand for all. */
function withoutIdleClaims(boundaries: readonly Boundary[]): Boundary[] {
  const isClaim = (boundary: Boundary | undefined) => boundary?.what === 'claim';
  return boundaries.filter(
    (boundary, index) =>
      !isClaim(boundary) || !isClaim(boundaries[index - 1]) || !isClaim(boundaries[index + 1]),
  );
}
