import { describe, expect, it } from 'vitest';
import type { SagaEvent } from '@/lib/trpc.ts';
import { lanesOf } from './lanes.ts';
import { at, logOf, of, sagaOf } from './log-fixture.ts';
import { type Effect, readSequence } from './read-sequence.ts';

const error = { code: 'LOST', message: 'The reply was lost.' };
const no = { code: 'NO', message: 'No carrier.' };
const accepted = { type: 'SagaAccepted', actor: 'api' };
const succeeded = (duplicate = false) => ({
  type: 'StepSucceeded',
  data: { output: {}, duplicate },
});

const drawn = (
  style: 'orchestration' | 'choreography',
  events: SagaEvent[],
  effects: Effect[] = [],
  now = at(60_000),
) => readSequence(sagaOf(style), events, effects, now);

const brief = (rows: ReturnType<typeof drawn>) =>
  rows.map(({ kind, from, to, label }) => `${kind} ${from}${to ? `>${to}` : ''} ${label}`);

describe('a directed saga', () => {
  const log = logOf(
    [0, accepted],
    [10, { type: 'StepDispatched', ...of('payment.charge') }],
    [60, { type: 'StepOutcomeUnknown', ...of('payment.charge'), data: { error } }],
    [
      60,
      {
        type: 'RetryScheduled',
        ...of('payment.charge', 2),
        data: { direction: 'action', runAt: at(90) },
      },
    ],
    [90, { type: 'StepDispatched', ...of('payment.charge', 2) }],
    [120, { ...succeeded(true), ...of('payment.charge', 2) }],
    [130, { type: 'StepDispatched', ...of('shipment.initiate') }],
    [
      150,
      { type: 'StepFailed', ...of('shipment.initiate'), data: { failure: 'business', error: no } },
    ],
    [
      151,
      {
        type: 'CompensationStarted',
        data: { reason: { kind: 'rejected', step: 'shipment.initiate', error: no } },
      },
    ],
    [151, { type: 'CompensationDispatched', ...of('payment.charge') }],
    [
      170,
      {
        type: 'StepCompensated',
        ...of('payment.charge'),
        data: { effect: 'applied', duplicate: false },
      },
    ],
    [170, { type: 'SagaCompensated' }],
  );
  const charge: Effect = {
    step: 'payment.charge',
    direction: 'action',
    outcome: 'applied',
    at: at(40),
  };

  it('draws call, effect and reply; what was lost, and the copy that the inbox stopped', () => {
    expect(brief(drawn('orchestration', log, [charge]))).toEqual([
      'mark coordinator accepted',
      'message coordinator>payment payment.charge',
      'effect payment payment.charge applied',
      'lost payment>coordinator reply of payment.charge',
      'mark coordinator tries again in 30 ms',
      'duplicate coordinator>payment payment.charge again',
      'reply payment>coordinator money captured',
      'message coordinator>shipment shipment.initiate',
      'refused shipment>coordinator shipment.initiate rejected',
      'mark coordinator turned back',
      'message coordinator>payment payment.refund',
      'effect payment payment.refund applied',
      'reply payment>coordinator money returned',
      'mark coordinator all undone',
    ]);
  });

  it('puts an effect where the service committed it, not where the log heard of it', () => {
    const rows = drawn('orchestration', log, [charge]);
    const block = rows.find(({ kind }) => kind === 'effect');
    expect(block).toMatchObject({ at: at(40), seq: 6, attempt: 1 });
  });

  it('falls back on the doubt where no service says when', () => {
    const block = drawn('orchestration', log).find(({ kind }) => kind === 'effect');
    expect(block).toMatchObject({ at: at(60), attempt: 1 });
  });

  it('keeps an effect between its cause and its answer when clocks differ', () => {
    const early = drawn('orchestration', log, [{ ...charge, at: at(-500) }]);
    expect(early.find(({ kind }) => kind === 'effect')?.at).toBe(at(10));
    const late = drawn('orchestration', log, [{ ...charge, at: at(9_000) }]);
    expect(late.find(({ kind }) => kind === 'effect')?.at).toBe(at(120));
  });

  it('shows an effect that the log does not know of yet, and none that had not happened', () => {
    const soFar = log.slice(0, 3);
    const known = drawn('orchestration', soFar, [charge], at(60));
    expect(known.map(({ kind }) => kind)).toEqual(['mark', 'message', 'effect', 'lost']);
    expect(known[2]?.note).toContain('no answer yet');
    const before = drawn('orchestration', log.slice(0, 2), [charge], at(10));
    expect(before.map(({ kind }) => kind)).toEqual(['mark', 'message']);
  });

  it('changes the ground at the turn, and stays there', () => {
    const rows = drawn('orchestration', log, [charge]);
    const turn = rows.findIndex(({ label }) => label === 'turned back');
    expect(rows.map(({ isAfterTurn }) => isAfterTurn)).toEqual(
      rows.map((_, index) => index >= turn),
    );
  });
});

describe('a choreographed saga', () => {
  const told = (messageId: string, actor: string, fact: object) =>
    ({ messageId, actor, ...fact }) as Partial<SagaEvent> & { type: string };
  const log = logOf(
    [0, told('m0', 'api', { type: 'SagaAccepted' })],
    [
      0,
      told('m0', 'tracker', {
        type: 'StepDispatched',
        ...of('order.create'),
        data: { cause: 'OrderRequested' },
      }),
    ],
    [20, told('m1', 'order', { ...succeeded(), ...of('order.create') })],
    [
      20,
      told('m1', 'tracker', {
        type: 'StepDispatched',
        ...of('payment.charge'),
        data: { cause: 'OrderCreated' },
      }),
    ],
    [50, told('m2', 'payment', { ...succeeded(), ...of('payment.charge') })],
    [
      50,
      told('m2', 'tracker', {
        type: 'StepDispatched',
        ...of('shipment.initiate'),
        data: { cause: 'PaymentProcessed' },
      }),
    ],
    [
      60,
      told('m3', 'payment', {
        type: 'StepOutcomeUnknown',
        ...of('payment.charge'),
        data: { error },
      }),
    ],
    [
      60,
      told('m3', 'tracker', {
        type: 'RetryScheduled',
        ...of('payment.charge', 2),
        data: { direction: 'action', runAt: at(80) },
      }),
    ],
    [
      90,
      told('m4', 'shipment', {
        type: 'StepFailed',
        ...of('shipment.initiate'),
        data: { failure: 'business', error: no },
      }),
    ],
    [
      90,
      told('m4', 'tracker', {
        type: 'CompensationStarted',
        data: { reason: { kind: 'rejected' } },
      }),
    ],
    [
      90,
      told('m4', 'tracker', {
        type: 'CompensationDispatched',
        ...of('payment.charge'),
        data: { cause: 'ShipmentFailed' },
      }),
    ],
    [
      120,
      told('m5', 'payment', {
        type: 'StepCompensated',
        ...of('payment.charge'),
        data: { effect: 'null', duplicate: false },
      }),
    ],
  );

  it('draws the events from who told them to who reacts', () => {
    expect(brief(drawn('choreography', log))).toEqual([
      'message api>order OrderRequested',
      'effect order order.create applied',
      'message order>payment OrderCreated',
      'effect payment payment.charge applied',
      'message payment>shipment PaymentProcessed',
      'lost payment reply of payment.charge',
      'duplicate order>payment OrderCreated again',
      'refused shipment shipment.initiate rejected',
      'message shipment>payment ShipmentFailed',
      'mark payment payment.refund: nothing to undo',
    ]);
  });

  it('turns with the message that turned it', () => {
    const first = drawn('choreography', log).find(({ isAfterTurn }) => isAfterTurn);
    expect(first?.label).toBe('shipment.initiate rejected');
  });

  it('draws no copy before it is due', () => {
    const rows = drawn('choreography', log.slice(0, 8), [], at(70));
    expect(rows.some(({ kind }) => kind === 'duplicate')).toBe(false);
  });

  it('gets a coordinator when it is taken over, and is directed from then on', () => {
    const taken = logOf(
      [0, told('m0', 'api', { type: 'SagaAccepted' })],
      [
        0,
        told('m0', 'tracker', {
          type: 'StepDispatched',
          ...of('order.create'),
          data: { cause: 'OrderRequested' },
        }),
      ],
      [500, { type: 'SagaTakenOver', data: { epoch: 1, reason: 'looked at it' } }],
      [510, { type: 'StepDispatched', ...of('order.create') }],
    );
    expect(brief(drawn('choreography', taken))).toEqual([
      'message api>order OrderRequested',
      'mark coordinator taken over',
      'message coordinator>order order.create',
    ]);
    expect(lanesOf(sagaOf('choreography', { takenOver: true })).map(({ key }) => key)).toEqual([
      'api',
      'coordinator',
      'order',
      'payment',
      'shipment',
    ]);
  });
});

describe('any log', () => {
  it('names an event that it does not know', () => {
    const rows = drawn('orchestration', logOf([0, accepted], [5, { type: 'SagaDreamt' }]));
    expect(rows.at(-1)).toMatchObject({ kind: 'mark', label: 'SagaDreamt' });
  });

  it('is empty for an empty log', () => {
    expect(drawn('orchestration', [])).toEqual([]);
  });
});
