import { describe, expect, it } from 'vitest';
import type { SagaEvent } from '@/lib/trpc.ts';
import { attemptsOf } from './attempts.ts';

const at = (ms: number) => new Date(1_000_000 + ms).toISOString();

let seq = 0;
const event = (ms: number, type: string, data: SagaEvent['data'] = {}, attempt = 1) => ({
  seq: (seq += 1),
  type,
  step: 'payment.charge',
  attempt,
  data,
  actor: 'w-1',
  at: at(ms),
});

describe('attemptsOf', () => {
  it('makes one attempt of each dispatch and its answer', () => {
    const attempts = attemptsOf([
      event(0, 'StepDispatched', { request: { amount: 1 } }),
      event(30, 'StepFailed', { failure: 'transient', error: { code: 'X', message: 'no' } }),
      event(30, 'RetryScheduled', { direction: 'action', runAt: at(90) }, 2),
      event(90, 'StepDispatched', { request: { amount: 1 } }, 2),
      event(120, 'StepSucceeded', { output: { paymentId: 'p' }, duplicate: true }, 2),
    ]);
    expect(attempts).toMatchObject([
      { number: 1, outcome: 'failed', failure: 'transient', retryAt: at(90), endedAt: at(30) },
      { number: 2, outcome: 'succeeded', isDuplicate: true, output: { paymentId: 'p' } },
    ]);
  });

  it('keeps an attempt without answer open', () => {
    const [attempt] = attemptsOf([event(0, 'StepDispatched')]);
    expect(attempt?.outcome).toBe('running');
    expect(attempt?.endedAt).toBeUndefined();
  });

  it('tells the two directions of a step apart', () => {
    const attempts = attemptsOf([
      event(0, 'StepDispatched'),
      event(5, 'StepOutcomeUnknown', { error: { code: 'T', message: 'late' } }),
      event(6, 'CompensationDispatched'),
      event(9, 'StepCompensated', { effect: 'null', duplicate: false }),
    ]);
    expect(attempts.map(({ way, outcome }) => [way, outcome])).toEqual([
      ['action', 'unknown'],
      ['compensation', 'null'],
    ]);
  });

  it('counts an undo whose answer was lost as in doubt', () => {
    const attempts = attemptsOf([
      event(0, 'CompensationDispatched'),
      event(5, 'CompensationFailed', { failure: 'unknown', error: { code: 'T', message: 'late' } }),
    ]);
    expect(attempts[0]?.outcome).toBe('unknown');
  });

  it('tells what set off a retry that has no dispatch of its own', () => {
    const failed = { failure: 'transient', error: { code: 'X', message: 'no' } };
    const events = [
      event(0, 'StepDispatched'),
      event(5, 'StepFailed', failed),
      event(5, 'RetryScheduled', { direction: 'action', runAt: at(90) }, 2),
      event(95, 'StepFailed', failed, 2),
      event(200, 'OperatorActed', { action: 'retry' }),
      event(210, 'StepSucceeded', {}, 3),
    ];
    const [dispatch, , scheduled, again, acted, done] = events.map((each) => each.seq);
    expect(attemptsOf(events)).toMatchObject([
      { startSeq: dispatch },
      { startedAt: at(90), setOff: { word: 'Due', seq: scheduled }, endSeq: again },
      { startedAt: at(200), setOff: { word: 'Began', seq: acted }, endSeq: done },
    ]);
  });

  it('begins an attempt that is known only by its end with the event before', () => {
    const [attempt] = attemptsOf([event(0, 'SagaAccepted'), event(20, 'StepSucceeded')]);
    expect(attempt).toMatchObject({ startedAt: at(0), endedAt: at(20), outcome: 'succeeded' });
  });

  it('begins a choreographed retry, which has no dispatch of its own, when it was due', () => {
    const attempts = attemptsOf([
      event(0, 'CompensationDispatched'),
      event(10, 'CompensationFailed', {
        failure: 'transient',
        error: { code: 'X', message: 'no' },
      }),
      event(10, 'RetryScheduled', { direction: 'compensation', runAt: at(60) }, 2),
      event(75, 'StepCompensated', { effect: 'applied', duplicate: false }, 2),
    ]);
    expect(attempts).toMatchObject([
      { number: 1, outcome: 'failed' },
      { number: 2, outcome: 'compensated', startedAt: at(60), endedAt: at(75) },
    ]);
  });

  it('takes word of a lost reply after the effect for no attempt', () => {
    const attempts = attemptsOf([
      event(0, 'StepDispatched'),
      event(20, 'StepSucceeded', { output: null, duplicate: false }),
      event(25, 'StepOutcomeUnknown', { error: { code: 'T', message: 'lost' } }),
      event(25, 'RetryScheduled', { direction: 'action', runAt: at(90) }, 2),
    ]);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ outcome: 'succeeded' });
    expect(attempts[0]?.retryAt).toBeUndefined();
  });
});
