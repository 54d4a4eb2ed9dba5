import { defineSaga } from '@counterstep/saga-core/definition';
import { Rejection } from '@counterstep/saga-core/participant';
import { describe, expect, it } from 'vitest';
import { exploreCrashPoints, replay, type World } from '../src/explore/index.ts';
import { order, trip } from './sagas.ts';

const input = { id: 'x-1' };
const approved: World['letters'] = [
  { kind: 'signal', signal: 'approval', payload: { by: 'Ada' }, afterMs: 3_000 },
];
const no = { kind: 'rejected', error: { code: 'NO', message: 'No.' } } as const;
const yes = { kind: 'applied', output: { ok: true } } as const;

describe(
  'a worker that ends, or a call that goes astray, at any point',
  { timeout: 60_000 },
  () => {
    it('loses and doubles nothing of a saga that completes', async () => {
      const found = await exploreCrashPoints({ definition: order, input });
      expect(found.failures).toEqual([]);
      expect(found.status).toBe('completed');
      expect(found.points).toBeGreaterThan(70);
    });

    it('leaves nothing done of a saga that is refused late', async () => {
      const world = (): World => ({ answer: ({ step }) => (step === 'ship' ? no : yes) });
      const found = await exploreCrashPoints({ definition: order, input, world });
      expect(found.failures).toEqual([]);
      expect(found.status).toBe('compensated');
    });

    it('does no harm to groups, timers, signals and plain functions', async () => {
      const world = (): World => ({ letters: approved });
      const found = await exploreCrashPoints({ definition: trip, input, world });
      expect(found.failures).toEqual([]);
      expect(found.status).toBe('completed');
    });

    it('does no harm on the way back of a group either', async () => {
      const world = (): World => ({
        letters: approved,
        answer: ({ step }) => (step === 'pay' ? no : yes),
      });
      const found = await exploreCrashPoints({ definition: trip, input, world });
      expect(found.failures).toEqual([]);
      expect(found.status).toBe('compensated');
    });
  },
);

describe('the explorer', { timeout: 60_000 }, () => {
  it('plays a run again by its plan', async () => {
    const plan = { kind: 'crash', at: 4, mode: 'unacknowledged' } as const;
    const [one, other] = [
      await replay({ definition: order, input }, plan),
      await replay({ definition: order, input }, plan),
    ];
    expect(one.cluster.workers).toHaveLength(2);
    expect(other.cluster.sim.trace.hash).toBe(one.cluster.sim.trace.hash);
  });

  it('finds the calls at which a plain function does not honour its key', async () => {
    const seen = new Set<string>();
    const careless = defineSaga({ name: 'careless', version: 1, input: order.input })
      .pivot('pay', {
        run: ({ key }) => {
          if (seen.has(key)) return Promise.reject(new Rejection('AGAIN', 'I have seen this key.'));
          seen.add(key);
          return Promise.resolve(null);
        },
      })
      .build();
    // Called once per run, before anything happens.
    const world = (): World => {
      seen.clear();
      return {};
    };
    const found = await exploreCrashPoints({ definition: careless, input, world });
    expect(found.status).toBe('completed');
    expect(found.failures.map(({ description }) => description)).toContainEqual(
      expect.stringMatching(/^crash unacknowledged at call \d+ \(function pay#1\)/),
    );
  });
});
