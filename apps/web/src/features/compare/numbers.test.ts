import { describe, expect, it } from 'vitest';
import { at, ledgerOf, log, sideOf } from './log.fixture.ts';
import { duplicatesOf, gapMs, measuresOf, messagesOf, waitedMs } from './numbers.ts';

const charge = 'payment.charge';

const orchestrated = sideOf({
  events: log(
    [0, 'StepDispatched', charge],
    [100, 'StepOutcomeUnknown', charge],
    [100, 'RetryScheduled', charge, { direction: 'action', runAt: at(180) }],
    [190, 'StepDispatched', charge],
    [210, 'StepSucceeded', charge, { duplicate: true }],
    [210, 'SagaCompleted'],
  ),
  ledger: ledgerOf([
    [20, charge],
    [60, 'shipment.initiate'],
    [200, 'order.confirm'],
  ]),
});

const choreographed = sideOf({
  style: 'choreography',
  events: log(
    [0, 'StepDispatched', charge, { cause: 'InventoryReserved' }],
    [30, 'StepSucceeded', charge, { duplicate: false }],
    [30, 'StepDispatched', 'shipment.initiate', { cause: 'PaymentProcessed' }],
    [35, 'StepOutcomeUnknown', charge],
    [35, 'RetryScheduled', charge, { direction: 'action', runAt: at(90) }],
    [60, 'StepSucceeded', 'shipment.initiate', { duplicate: false }],
    [60, 'SagaCompleted'],
  ),
  ledger: ledgerOf([
    [25, charge],
    [55, 'shipment.initiate'],
  ]),
});

describe('what a comparison counts', () => {
  it('counts waiting from the start of an attempt that came to nothing to the next', () => {
    expect(waitedMs(orchestrated)).toBe(190);
    expect(waitedMs(choreographed)).toBe(0);
  });

  it('counts commands and answers on one side, events on the other', () => {
    expect(messagesOf(orchestrated)).toEqual({ count: 4, note: 'one lost' });
    expect(messagesOf(choreographed)).toEqual({ count: 3, note: 'one twice' });
  });

  it('counts copies that changed nothing', () => {
    expect(duplicatesOf(orchestrated)).toBe(1);
    expect(duplicatesOf(choreographed)).toBe(1);
  });

  it('takes the middle of the gaps between commits', () => {
    expect(gapMs(orchestrated)).toBe(90);
    expect(gapMs(choreographed)).toBe(30);
    expect(gapMs(sideOf({ events: [] }))).toBeUndefined();
  });

  it('says the difference with its sign, and nothing before the end', () => {
    const [time, , , attempts] = measuresOf([orchestrated, choreographed]);
    expect(time).toEqual({
      name: 'Time to consistency',
      left: '200 ms',
      right: '55 ms',
      difference: '−145 ms',
    });
    expect(attempts).toMatchObject({ left: '2', right: '2', difference: 'equal' });
    const running = sideOf({ status: 'running', events: [] });
    expect(measuresOf([running, choreographed])[0]).toMatchObject({ left: '–', difference: '–' });
  });
});
