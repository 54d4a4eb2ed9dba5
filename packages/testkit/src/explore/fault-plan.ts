import {
  calmNetwork,
  type CallSite,
  type CrashMode,
  type Fate,
  type Network,
} from '../network/index.ts';
import type { Simulation } from '../time/index.ts';

/**
 * One fault at one call.
 *
 * - `crash`: the worker ends around the call.
 * - `lost-request`, `lost-reply`: the caller gets an error; with the latter it was done all the same.
 * - `copy`: it is delivered twice, the second time long afterwards.
 * - `late`: it arrives when nobody waits for it any more.
 */
export type FaultPlan =
  | { readonly kind: 'crash'; readonly at: number; readonly mode: CrashMode }
  | {
      readonly kind: 'lost-request' | 'lost-reply' | 'copy' | 'late';
      readonly at: number;
    };

/** A call of the undisturbed run: a place at which something can go wrong. */
export interface Boundary {
  /** Its place among all calls of the first worker, from 1. */
  readonly at: number;
  readonly target: string;
  readonly what: string;
}

/** How to say which run it was: enough to play it again. */
export function describePlan(plan: FaultPlan, boundary: Boundary, seed: number): string {
  const mode = plan.kind === 'crash' ? `crash ${plan.mode}` : plan.kind;
  return `${mode} at call ${boundary.at} (${boundary.target} ${boundary.what}), seed ${seed}`;
}

/** Counts the calls of the first worker, and writes down those that matter. */
export function recordingNetwork(sim: Simulation, boundaries: Boundary[]): Network {
  const calm = calmNetwork(sim);
  let calls = 0;
  return (site) => {
    if (isCounted(site)) {
      calls += 1;
      boundaries.push({ at: calls, target: site.target, what: site.what });
    }
    return calm(site);
  };
}

/** Like the undisturbed network, but for one call. @param lateMs how late a late one is */
export function plannedNetwork(sim: Simulation, plan: FaultPlan, lateMs: number): Network {
  const calm = calmNetwork(sim);
  let calls = 0;
  return (site) => {
    const fate = calm(site);
    if (!isCounted(site)) return fate;
    calls += 1;
    return calls === plan.at ? { ...fate, ...faultOf(plan, lateMs) } : fate;
  };
}

/** The same call has the same number in every run, up to the fault: all else is left alone. */
function isCounted({ process, target, what }: CallSite): boolean {
  const isHousekeeping =
    what === 'heartbeat' || what === 'sagasWithMail' || what === 'releaseStrays';
  return process.name === 'w1' && !(target === 'store' && isHousekeeping);
}

const copyMs = 5_000;

function faultOf(plan: FaultPlan, lateMs: number): Partial<Fate> {
  switch (plan.kind) {
    case 'crash':
      return { crash: plan.mode };
    case 'lost-request':
      return { loses: 'request' };
    case 'lost-reply':
      return { loses: 'reply' };
    case 'copy':
      return { copyMs };
    case 'late':
      return { requestMs: lateMs };
  }
}
