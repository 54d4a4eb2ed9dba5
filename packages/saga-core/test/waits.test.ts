import { describe, expect, it } from 'vitest';
import type { SagaEvent } from '../src/machine/index.ts';
import { rich } from './rich.ts';
import { applied, at, transient, unknown, walk, type World } from './walk.ts';

const approve: SagaEvent = {
  type: 'SignalReceived',
  step: 'approval',
  attempt: 1,
  data: { payload: { by: 'ann' } },
};
const well: World = { answer: () => applied };
const isAt =
  (step: string): NonNullable<World['arrive']> =>
  (_turn, state) =>
    state.steps[step]?.forward.status === 'waiting' ? [approve] : [];

describe('a signal', () => {
  it('is waited for until its time is over, and its absence is a no', () => {
    const { state, log, nowMs } = walk(rich, well);
    expect(state.phase.status).toBe('compensated');
    expect(state.turnReason).toMatchObject({ kind: 'rejected', step: 'approval' });
    expect(nowMs - Date.parse(at(0))).toBe(600_000);
    expect(log).toContainEqual(
      expect.objectContaining({ type: 'SignalAwaited', step: 'approval' }),
    );
  });

  it('gives its payload to the steps after it', () => {
    const { state } = walk(rich, { ...well, arrive: isAt('approval') });
    expect(state.steps['approval']?.forward).toEqual({
      status: 'succeeded',
      output: { by: 'ann' },
    });
    expect(state.phase.status).toBe('completed');
  });

  it('that comes too early is kept', () => {
    const early: World = { ...well, arrive: (turn) => (turn === 1 ? [approve] : []) };
    const { state, log } = walk(rich, early);
    expect(state.phase.status).toBe('completed');
    const received = log.findIndex((event) => event.type === 'SignalReceived');
    expect(received).toBeLessThan(log.findIndex((event) => event.type === 'SignalAwaited'));
  });

  it('counts once: the second one changes nothing', () => {
    const other: SagaEvent = { ...approve, data: { payload: { by: 'bob' } } };
    const { state } = walk(rich, {
      ...well,
      arrive: (turn) => (turn === 1 ? [approve, other] : turn === 4 ? [other] : []),
    });
    expect(state.steps['approval']?.forward).toMatchObject({ output: { by: 'ann' } });
  });

  it('that may be missed goes on with null', () => {
    const { state } = walk(rich, { ...well, arrive: isAt('approval') });
    expect(state.steps['feedback']?.forward).toEqual({ status: 'succeeded', output: null });
  });
});

describe('a signal of a saga that pauses', () => {
  it('is waited for as long as was said, the pause not counted', () => {
    const paused = walk(rich, {
      ...well,
      arrive: (_turn, before) =>
        before.steps['approval']?.forward.status === 'waiting' && !before.paused
          ? [{ type: 'SagaPaused', data: { reason: 'wait', at: at(1_000) } }]
          : [],
    });
    expect(paused.state.paused).toBe(true);
    const resumed = walk(
      rich,
      {
        ...well,
        arrive: (turn) =>
          turn === 0 ? [{ type: 'SagaResumed', data: { reason: 'on', at: at(901_000) } }] : [],
      },
      { ...paused, nowMs: Date.parse(at(901_000)) },
    );
    expect(resumed.state.turnReason).toMatchObject({ kind: 'rejected', step: 'approval' });
    expect(resumed.nowMs).toBe(Date.parse(at(600_000 + 900_000)));
  });
});

describe('a sleep', () => {
  it('fires at the time that was fixed when it began', () => {
    const { log, nowMs } = walk(rich, { ...well, arrive: isAt('approval') });
    const set = log.find((event) => event.type === 'TimerSet');
    expect(set?.data).toEqual({ fireAt: at(5_000) });
    expect(log).toContainEqual(expect.objectContaining({ type: 'TimerFired', step: 'cooling' }));
    expect(nowMs).toBeGreaterThanOrEqual(Date.parse(at(5_000)));
  });

  it('is left by a cancel', () => {
    const { state } = walk(rich, {
      ...well,
      arrive: (turn, before) =>
        before.steps['cooling']?.forward.status === 'waiting'
          ? [{ type: 'CancelRequested', data: { reason: 'no more' } }]
          : isAt('approval')(turn, before),
    });
    expect(state.phase.status).toBe('compensated');
    expect(state.turnReason).toEqual({ kind: 'cancelled', reason: 'no more' });
  });
});

describe('the deadline of a saga', () => {
  const slow: World = { ...well, answer: (step) => (step === 'pay' ? unknown : applied) };

  it('turns it back while it waits', () => {
    const patient = { ...rich, deadlineMs: 300_000 };
    const { state, nowMs } = walk(patient, well);
    expect(state.turnReason).toEqual({ kind: 'deadline', deadlineAt: at(300_000) });
    expect(nowMs).toBe(Date.parse(at(300_000)));
  });

  it('stands still while the saga is paused', () => {
    const patient = { ...rich, deadlineMs: 300_000 };
    const paused = walk(patient, {
      ...well,
      arrive: (turn) =>
        turn === 2 ? [{ type: 'SagaPaused', data: { reason: 'wait', at: at(1_000) } }] : [],
    });
    expect(paused.state).toMatchObject({ paused: true, phase: { status: 'running' } });
    const { state } = walk(
      patient,
      {
        ...well,
        arrive: (turn) =>
          turn === 0 ? [{ type: 'SagaResumed', data: { reason: 'on', at: at(901_000) } }] : [],
      },
      { ...paused, nowMs: Date.parse(at(901_000)) },
    );
    expect(state.turnReason).toEqual({ kind: 'deadline', deadlineAt: at(1_200_000) });
  });

  it('is not heard while the pivot is in doubt', () => {
    const hasty = { ...rich, deadlineMs: 5_010 };
    const { state, calls } = walk(hasty, { ...slow, arrive: isAt('approval') });
    expect(calls.filter((call) => call.startsWith('pay:action'))).toHaveLength(2);
    expect(calls).toContain('pay:close');
    expect(state.phase.status).toBe('compensated');
  });
});

describe('the deadline of a step', () => {
  it('ends its retries', () => {
    const shaky: World = { ...well, answer: (step) => (step === 'hotel' ? transient : applied) };
    const short = {
      ...rich,
      steps: rich.steps.map((step) =>
        step.name === 'hotel'
          ? { ...step, deadlineMs: 120, retry: { ...step.retry, maxAttempts: 50 } }
          : step,
      ),
    };
    const { calls, state } = walk(short, shaky);
    expect(calls.filter((call) => call.startsWith('hotel:action'))).toHaveLength(2);
    expect(state.turnReason).toMatchObject({ kind: 'exhausted', step: 'hotel' });
  });
});
