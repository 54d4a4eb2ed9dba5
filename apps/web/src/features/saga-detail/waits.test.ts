import { describe, expect, it } from 'vitest';
import type { SagaEvent } from '@/lib/trpc.ts';
import { attemptsOf } from './attempts.ts';

const at = (ms: number) => new Date(1_000_000 + ms).toISOString();

let seq = 0;
const event = (ms: number, type: string, step: string, data: SagaEvent['data'] = {}) => ({
  seq: (seq += 1),
  type,
  ...(step && { step, attempt: 1 }),
  data,
  actor: 'w-1',
  at: at(ms),
});

describe('waits in a log', () => {
  it('a signal ends the wait for it, and brings its payload', () => {
    const [wait] = attemptsOf([
      event(0, 'SignalAwaited', 'approval', { until: at(900) }),
      event(30, 'SignalReceived', 'approval', { payload: { approved: true } }),
    ]);
    expect(wait).toMatchObject({ wait: 'signal', outcome: 'succeeded', endedAt: at(30) });
    expect(wait).toMatchObject({ until: at(900), output: { approved: true } });
  });

  it('a signal that was there before it was awaited ends the wait at once', () => {
    const attempts = attemptsOf([
      event(0, 'SignalReceived', 'approval', { payload: 1 }),
      event(20, 'SignalAwaited', 'approval', { until: null }),
    ]);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ outcome: 'succeeded', startedAt: at(20), output: 1 });
  });

  it('a sleep ends with its timer', () => {
    const [sleep] = attemptsOf([
      event(0, 'TimerSet', 'pause', { fireAt: at(50) }),
      event(52, 'TimerFired', 'pause', { timer: 'sleep' }),
    ]);
    expect(sleep).toMatchObject({ wait: 'sleep', outcome: 'succeeded', endedAt: at(52) });
  });

  it('a wait is given up when its saga turns back, and fails when no signal comes', () => {
    const [first] = attemptsOf([
      event(0, 'SignalAwaited', 'approval', { until: null }),
      event(10, 'CompensationStarted', '', { reason: { kind: 'cancelled', reason: 'no' } }),
    ]);
    expect(first?.outcome).toBe('given-up');
    const [second] = attemptsOf([
      event(0, 'SignalAwaited', 'approval', { until: at(10) }),
      event(11, 'StepFailed', 'approval', {
        failure: 'business',
        error: { code: 'SIGNAL_TIMEOUT', message: 'No signal came.' },
      }),
      event(11, 'CompensationStarted', '', {}),
    ]);
    expect(second).toMatchObject({ outcome: 'failed', error: { code: 'SIGNAL_TIMEOUT' } });
  });
});
