import { describe, expect, it } from 'vitest';
import { simulate } from '../src/simulate/index.ts';

/** How many schedules every run of the suite tries; `pnpm simulate` tries as many as you like. */
const seeds = 200;

describe('sagas on several workers, through crashes, zombies, lost, late and repeated calls', () => {
  it(`keep every promise under ${seeds} seeds, and use every kind of event`, async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { violations, cluster } = await simulate({ seed });
      expect(violations, `replay: pnpm simulate --from ${seed} --seeds 1 --trace`).toEqual([]);
      for (const log of cluster.database.tables.logs.values()) {
        for (const { event } of log) seen.add(event.type);
      }
    }
    const all = [
      ...['SagaAccepted', 'SagaClaimed', 'CompensationStarted', 'CancelRequested'],
      ...['CancelRefused', 'SagaPaused', 'SagaResumed', 'SagaStuck', 'OperatorActed'],
      ...['SagaCompleted', 'SagaCompensated', 'SagaResolved', 'StepDispatched', 'StepSucceeded'],
      ...['StepFailed', 'StepOutcomeUnknown', 'RetryScheduled', 'TimerSet', 'TimerFired'],
      ...['SignalAwaited', 'SignalReceived', 'PivotCommitted', 'CompensationDispatched'],
      ...['StepCompensated', 'CompensationFailed', 'OutcomeUnstorable'],
    ];
    expect(all.filter((type) => !seen.has(type))).toEqual([]);
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
  it('replays exactly from its seed', async () => {
    const [one, other] = [await simulate({ seed: 99 }), await simulate({ seed: 99 })];
    expect(other.hash).toBe(one.hash);
    expect(other.events).toBe(one.events);
    expect(other.cluster.services.journal.entries).toEqual(one.cluster.services.journal.entries);
    expect((await simulate({ seed: 100 })).hash).not.toBe(one.hash);
  });
});
