import { describe, expect, it } from 'vitest';
import { at, logOf, of, sagaOf } from '../sequence/log-fixture.ts';
import { momentIn } from './moment-in.ts';
import { pauseBetween } from './pause.ts';
import { sagaAsOf } from './saga-as-of.ts';

const error = { code: 'LOST', message: 'The reply was lost.' };
const log = logOf(
  [0, { type: 'SagaAccepted', data: { input: { total: 1 } } }],
  [
    10,
    {
      type: 'StepDispatched',
      ...of('order.create'),
      data: { operation: 'order.create', generation: 1, request: { a: 1 } },
    },
  ],
  [
    20,
    {
      type: 'StepSucceeded',
      ...of('order.create'),
      data: { output: { id: 'o' }, duplicate: false },
    },
  ],
  [
    30,
    {
      type: 'StepDispatched',
      ...of('payment.charge'),
      data: { operation: 'payment.charge', generation: 1, request: null },
    },
  ],
  [40, { type: 'StepOutcomeUnknown', ...of('payment.charge'), data: { error } }],
  [
    40,
    {
      type: 'RetryScheduled',
      ...of('payment.charge', 2),
      data: { direction: 'action', runAt: at(90) },
    },
  ],
  [60, { type: 'CancelRequested', data: { reason: 'changed my mind' } }],
  [
    60,
    {
      type: 'CompensationStarted',
      data: { reason: { kind: 'cancelled', reason: 'changed my mind' } },
    },
  ],
  [
    70,
    {
      type: 'CompensationDispatched',
      ...of('payment.charge'),
      data: { operation: 'payment.refund', request: null },
    },
  ],
  [
    80,
    {
      type: 'StepCompensated',
      ...of('payment.charge'),
      data: { effect: 'applied', duplicate: false },
    },
  ],
  [
    85,
    {
      type: 'CompensationDispatched',
      ...of('order.create'),
      data: { operation: 'order.cancel', request: null },
    },
  ],
  [
    90,
    {
      type: 'StepCompensated',
      ...of('order.create'),
      data: { effect: 'applied', duplicate: false },
    },
  ],
  [90, { type: 'SagaCompensated' }],
);
const present = sagaOf('orchestration', { seq: 13 });
const then = (seq: number) => sagaAsOf(present, log, seq);
const stepThen = (seq: number, name: string) => then(seq).steps.find((step) => step.name === name);

describe('sagaAsOf', () => {
  it('is pending after acceptance, with every step untouched', () => {
    expect(then(1)).toMatchObject({ status: 'pending', seq: 1, updatedAt: at(0) });
    expect(then(1).finishedAt).toBeUndefined();
    expect(then(1).steps.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  });

  it('knows of a step what the log had said by then, and nothing later', () => {
    expect(stepThen(2, 'order.create')).toMatchObject({ status: 'dispatched', request: { a: 1 } });
    expect(stepThen(2, 'order.create')).not.toHaveProperty('output');
    expect(stepThen(3, 'order.create')).toMatchObject({ status: 'succeeded', output: { id: 'o' } });
    expect(stepThen(5, 'payment.charge')).toMatchObject({ status: 'unknown', error });
    expect(stepThen(6, 'payment.charge')).toMatchObject({
      status: 'waiting',
      nextRetryAt: at(90),
      error,
    });
  });

  it('owes the counter-steps of what may have happened from the turn on', () => {
    expect(then(7).steps.map(({ compensation }) => compensation)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(then(8)).toMatchObject({ status: 'compensating' });
    expect(then(8).steps.map(({ compensation }) => compensation)).toEqual([
      'owed',
      'owed',
      undefined,
    ]);
    expect(stepThen(10, 'payment.charge')?.compensation).toBe('compensated');
  });

  it('ends when its log did', () => {
    expect(then(13)).toMatchObject({ status: 'compensated', finishedAt: at(90), seq: 13 });
  });

  it('allows no act in the past', () => {
    expect(then(6)).toMatchObject({ actions: [], owner: null });
  });

  it('passes over an event of a later release', () => {
    const odd = logOf([0, { type: 'SagaAccepted' }], [5, { type: 'SagaDreamt' }]);
    expect(sagaAsOf(present, odd, 2).status).toBe('pending');
  });
});

describe('the moment in the address', () => {
  it.each([null, '', '0', '14', '-1', '1.5', 'now', '9'.repeat(10_000)])(
    'is the present for %s',
    (word) => expect(momentIn(log, word)).toBeUndefined(),
  );

  it('is the event of that number', () => {
    expect(momentIn(log, '6')?.type).toBe('RetryScheduled');
  });
});

describe('the replay', () => {
  it('keeps the pace of the log within what can be watched', () => {
    expect(pauseBetween(at(0), at(1))).toBe(220);
    expect(pauseBetween(at(0), at(700))).toBe(700);
    expect(pauseBetween(at(0), at(90_000))).toBe(1_500);
  });
});
