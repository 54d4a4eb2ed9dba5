import fc from 'fast-check';

/** How a step does its work, as plain data. */
export interface StepPlan {
  readonly name: string;
  /** Both ways: a barrier knows nothing of a function that it did not see. */
  readonly does: 'operation' | 'function';
  /** Functions only: whether the far side can be asked what became of a key. */
  readonly hasProbe: boolean;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
  readonly deadlineMs: number | null;
}

/** A time or a signal to wait for, as plain data. */
export interface WaitPlan {
  readonly name: string;
  readonly waitsFor: 'time' | 'signal';
  readonly forMs: number;
  /** Signals only; null waits for ever. */
  readonly timeoutMs: number | null;
  readonly onTimeout: 'turn-back' | 'continue';
}

export type MemberPlan = StepPlan | WaitPlan;

/** What happens at one position: one member, or a group of several. */
export interface StagePlan {
  readonly members: readonly MemberPlan[];
  readonly undo: 'together' | 'reverse';
}

/** A saga as plain data: it can be generated, shrunk, printed, and built. */
export interface Blueprint {
  readonly name: string;
  readonly deadlineMs: number | null;
  readonly before: readonly StagePlan[];
  readonly pivot: StepPlan | null;
  /** Stages of retriable steps; without a pivot there are none. */
  readonly after: readonly StagePlan[];
}

const kindOfWork = fc.constantFrom('operation' as const, 'operation' as const, 'function' as const);
const rarely = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2, nil: null });

const step: fc.Arbitrary<StepPlan> = fc.record({
  name: fc.constant(''),
  does: kindOfWork,
  hasProbe: fc.boolean(),
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  timeoutMs: fc.constantFrom(200, 500, 1_000),
  deadlineMs: fc.option(fc.constantFrom(300, 2_000), { freq: 5, nil: null }),
});

const wait: fc.Arbitrary<WaitPlan> = fc.record({
  name: fc.constant(''),
  waitsFor: fc.constantFrom('time' as const, 'signal' as const),
  forMs: fc.constantFrom(50, 900, 3_000),
  timeoutMs: rarely(fc.constantFrom(100, 2_500, 6_000)),
  onTimeout: fc.constantFrom('turn-back' as const, 'continue' as const),
});

const member: fc.Arbitrary<MemberPlan> = fc.oneof(
  { weight: 5, arbitrary: step },
  { weight: 1, arbitrary: wait },
);

const stage: fc.Arbitrary<StagePlan> = fc.record({
  members: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(member) },
    { weight: 1, arbitrary: fc.array(member, { minLength: 2, maxLength: 4 }) },
  ),
  undo: fc.constantFrom('together' as const, 'reverse' as const),
});

/** Sagas of up to eight positions, with every kind of step that there is. */
export const blueprint: fc.Arbitrary<Blueprint> = fc
  .record({
    name: fc.constant('saga'),
    deadlineMs: fc.option(fc.constantFrom(1_500, 8_000), { freq: 4, nil: null }),
    before: fc.array(stage, { maxLength: 4 }),
    pivot: fc.option(step, { freq: 4, nil: null }),
    after: fc.array(stage, { maxLength: 3 }),
  })
  .map((plan) => (plan.pivot ? plan : { ...plan, after: [] }))
  .filter(({ before, pivot }) => pivot !== null || before.length > 0)
  .map(named);

/** Names are keys, so they are given last: `s1`, `s2` … in order, `p` for the pivot, `r1` … after it. */
function named(plan: Blueprint): Blueprint {
  const stagesOf = (letter: string, stages: readonly StagePlan[]): StagePlan[] => {
    let count = 0;
    return stages.map(({ members, undo }) => ({
      undo,
      members: members.map((each) => {
        count += 1;
        return { ...each, name: `${letter}${count}` };
      }),
    }));
  };
  return {
    ...plan,
    before: stagesOf('s', plan.before),
    pivot: plan.pivot && { ...plan.pivot, name: 'p' },
    after: stagesOf('r', plan.after),
  };
}

/** The blueprints that belong to a seed, named `saga-1`, `saga-2` … */
export function blueprintsOf(seed: number, count: number): Blueprint[] {
  return fc
    .sample(blueprint, { seed, numRuns: count })
    .map((plan, index) => ({ ...plan, name: `saga-${index + 1}` }));
}
