import type { FlowShape } from '../flow.ts';
import type { Check } from './check.ts';
import { cycles } from './cycles.ts';
import { deadEnds } from './dead-ends.ts';
import { declarations } from './declarations.ts';
import { emissions } from './emissions.ts';
import { pastPivot } from './past-pivot.ts';
import { roles } from './roles.ts';
import { steps } from './steps.ts';
import { unhandled } from './unhandled.ts';
import { unreachable } from './unreachable.ts';
import { unused } from './unused.ts';
import { waysBack } from './ways-back.ts';

/**
 * In the order in which they are asked. A later one relies on the earlier ones: without cycles every
 * walk ends, and an event with one role says where it leads.
 */
const checks: readonly Check[] = [
  /** Each service declares each of its events once, and as nobody else does. */
  declarations,
  /** Every event that is emitted or waited for is declared by its service, which alone emits it. */
  emissions,
  /** Every reaction is the work of one step, in a direction that the step has. */
  steps,
  /** An event says one thing: forward steps follow what went well, counter-steps what did not. */
  roles,
  /** Nothing sets itself off. */
  cycles,
  /** The way forward reaches every step. */
  deadEnds,
  /** Nothing that may fail comes after the pivot or beside it. */
  pastPivot,
  /** Nobody leaves an event lying while something must follow. */
  unhandled,
  /** Every failure leads to every counter-step that it may owe. */
  waysBack,
  /** Every counter-step that is there can come to its turn. */
  unreachable,
  /** No event is declared that nobody emits. */
  unused,
];

/** The problems of the first check that does not hold; none for a sound flow. Pure. */
export function checkFlow(flow: FlowShape): readonly string[] {
  for (const check of checks) {
    const problems = check(flow);
    if (problems.length > 0) return problems;
  }
  return [];
}
