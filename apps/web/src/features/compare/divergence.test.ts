import { describe, expect, it } from 'vitest';
import { divergenceOf } from './divergence.ts';
import { ledgerOf, log, sideOf } from './log.fixture.ts';
import { partingClauses, whyOf } from './words.ts';

const charge = 'payment.charge';
const done = (ms: number, duplicate = false) =>
  [ms, 'StepSucceeded', charge, { duplicate }] as const;

describe('divergenceOf', () => {
  it('finds none where the same answers came at other times', () => {
    const left = sideOf({
      events: log([0, 'StepDispatched', charge], done(30), [40, 'SagaCompleted']),
    });
    const right = sideOf({ style: 'choreography', events: log(done(90), [120, 'SagaCompleted']) });
    expect(divergenceOf([left, right])).toBeUndefined();
  });

  it('parts two at the commit whose reply was lost', () => {
    const left = sideOf({
      events: log(
        [10, 'StepDispatched', charge],
        [400, 'StepOutcomeUnknown', charge],
        done(600, true),
      ),
      ledger: ledgerOf([[25, charge]]),
    });
    const right = sideOf({ style: 'choreography', events: log(done(60)) });
    expect(divergenceOf([left, right])).toMatchObject({
      atMs: 25,
      step: charge,
      moves: [{ kind: 'unknown' }, { kind: 'succeeded' }],
    });
  });

  it('takes the earliest of several', () => {
    const no = { failure: 'business', error: { code: 'NO', message: 'over the limit' } };
    const left = sideOf({
      status: 'compensated',
      events: log(
        [50, 'StepFailed', charge, no],
        [51, 'CompensationStarted'],
        [90, 'SagaCompensated'],
      ),
    });
    const right = sideOf({ events: log(done(70), [100, 'SagaCompleted']) });
    expect(divergenceOf([left, right])).toMatchObject({
      atMs: 70,
      moves: [{ kind: 'said-no', word: 'over the limit' }, { kind: 'succeeded' }],
    });
  });

  it('takes the answer for the cause, not what only the faster one came to', () => {
    const no = { failure: 'business' };
    const fast = sideOf({
      events: log(done(30), [40, 'StepSucceeded', 'shipment.initiate'], [50, 'SagaCompleted']),
    });
    const slow = sideOf({
      status: 'compensated',
      events: log(
        [400, 'StepFailed', charge, no],
        [401, 'CompensationStarted'],
        [450, 'SagaCompensated'],
      ),
    });
    expect(divergenceOf([fast, slow])).toMatchObject({ step: charge, atMs: 400 });
  });

  it('does not count what the other side may still do', () => {
    const left = sideOf({ events: log(done(30), [40, 'SagaCompleted']) });
    const right = sideOf({
      style: 'choreography',
      status: 'running',
      events: log([0, 'SagaAccepted']),
    });
    expect(divergenceOf([left, right])).toBeUndefined();
  });

  it('parts two that are stuck where one has undone more', () => {
    const stuck = [50, 'SagaStuck'] as const;
    const failed = [40, 'CompensationFailed', 'payment.charge', { failure: 'business' }] as const;
    const left = sideOf({
      status: 'stuck',
      events: log(failed, [45, 'StepCompensated', 'inventory.reserve'], stuck),
    });
    const right = sideOf({ style: 'choreography', status: 'stuck', events: log(failed, stuck) });
    const divergence = divergenceOf([left, right]);
    expect(divergence).toMatchObject({
      step: 'inventory.reserve',
      way: 'compensation',
      moves: [{ kind: 'undone' }, undefined],
    });
    expect(divergence && partingClauses([left, right], divergence)).toEqual([
      'it was undone in orchestration',
      'choreography is stuck without it',
    ]);
    expect(divergence && whyOf([left, right], divergence)).toContain('each undo sets off the next');
  });

  it('lets steps that run at once end in any order', () => {
    const hotel = [10, 'StepSucceeded', 'book-hotel'] as const;
    const flight = [20, 'StepSucceeded', 'book-flight'] as const;
    const left = sideOf({ events: log(hotel, flight) });
    const right = sideOf({ events: log(flight, hotel) });
    expect(divergenceOf([left, right])).toBeUndefined();
  });

  it('knows an answer that is lost after its effect is in the log', () => {
    const left = sideOf({ events: log(done(30), [40, 'SagaCompleted']) });
    const right = sideOf({
      style: 'choreography',
      events: log(done(50), [55, 'StepOutcomeUnknown', charge], [80, 'SagaCompleted']),
    });
    expect(divergenceOf([left, right])).toMatchObject({
      atMs: 55,
      moves: [undefined, { kind: 'answer-lost' }],
    });
  });

  it('tells two ends apart', () => {
    const left = sideOf({ events: log([10, 'SagaCompleted']) });
    const right = sideOf({ status: 'resolved', events: log([20, 'SagaResolved']) });
    expect(divergenceOf([left, right])).toMatchObject({ atMs: 20 });
  });
});
