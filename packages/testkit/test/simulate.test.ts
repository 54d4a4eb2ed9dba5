import type { SagaEventType } from '@counterstep/saga-core/machine';
import { describe, expect, it } from 'vitest';
import { simulate } from '../src/simulate/index.ts';

/** How many schedules every run of the suite tries; `pnpm simulate` tries as many as you like. */
const seeds = 150;

/** Only sagas that began without a coordinator have these. */
type Leaderless = 'SagaStalled' | 'SagaTakenOver' | 'ServicesFenced';

/** The compiler asks for a new one here; a schedule that never has it would prove nothing about it. */
const all: Record<Exclude<SagaEventType, Leaderless>, true> = {
  SagaAccepted: true,
  SagaClaimed: true,
  CompensationStarted: true,
  CancelRequested: true,
  CancelRefused: true,
  SagaPaused: true,
  SagaResumed: true,
  SagaStuck: true,
  OperatorActed: true,
  SagaCompleted: true,
  SagaCompensated: true,
  SagaResolved: true,
  StepDispatched: true,
  StepSucceeded: true,
  StepFailed: true,
  StepOutcomeUnknown: true,
  OutcomeUnstorable: true,
  RetryScheduled: true,
  TimerSet: true,
  TimerFired: true,
  SignalAwaited: true,
  SignalReceived: true,
  PivotCommitted: true,
  CompensationDispatched: true,
  StepCompensated: true,
  CompensationFailed: true,
};

describe('sagas on several workers, through crashes, zombies, lost, late and repeated calls', () => {
  it(`keep every promise under ${seeds} seeds, and use every kind of event`, async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { violations, cluster } = await simulate({ seed });
      expect(
        violations,
        `replay in packages/testkit: pnpm simulate --from ${seed} --seeds 1 --trace`,
      ).toEqual([]);
      for (const log of cluster.database.tables.logs.values()) {
        for (const { event } of log) seen.add(event.type);
      }
    }
    expect(Object.keys(all).filter((type) => !seen.has(type))).toEqual([]);
  }, 120_000);

  it('need nobody when nothing goes wrong', async () => {
    const faults = { chaosMs: 0 };
    for (let seed = 1; seed <= 20; seed += 1) {
      const { violations, resolvedByHand, ends } = await simulate({ seed, faults });
      expect({ violations, resolvedByHand }).toEqual({ violations: [], resolvedByHand: [] });
      expect(ends.resolved).toBeUndefined();
    }
  });
});

describe('a simulation of sagas', () => {
  it.each([15_756, 16_045, 23_303, 37_975, 48_349])(
    'keep every promise under seed %i, which once found one broken',
    async (seed) => {
      expect((await simulate({ seed })).violations).toEqual([]);
    },
  );

  it('replays exactly from its seed', async () => {
    const [one, other] = [await simulate({ seed: 99 }), await simulate({ seed: 99 })];
    expect(other.hash).toBe(one.hash);
    expect(other.events).toBe(one.events);
    expect(other.cluster.services.journal.entries).toEqual(one.cluster.services.journal.entries);
    expect((await simulate({ seed: 100 })).hash).not.toBe(one.hash);
  });
});
