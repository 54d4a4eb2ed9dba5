import { expect, it } from 'vitest';
import type { Flow, Saga } from '@/lib/trpc.ts';
import type { Attempt } from '../attempts.ts';
import { followsOf, shortNames } from './follows.ts';

const charge = {
  id: 'action:payment.charge',
  step: 'payment.charge',
  direction: 'action',
  withinMs: 4_000,
} as Flow['steps'][number];
// As much of a flow as is read.
const flow = {
  steps: [charge],
  events: [
    { id: 'event:PaymentProcessed', type: 'PaymentProcessed' },
    { id: 'event:PaymentFailed', type: 'PaymentFailed' },
    { id: 'event:InventoryReserved', type: 'InventoryReserved' },
  ],
  edges: [
    { from: 'event:InventoryReserved', to: charge.id, kind: 'triggers' },
    { from: charge.id, to: 'event:PaymentProcessed', kind: 'emits' },
    { from: charge.id, to: 'event:PaymentFailed', kind: 'rejects' },
  ],
  // What is asked of a flow here, and no more.
} as unknown as Flow;
const saga = { steps: [{ name: 'payment.charge' }] } as Saga;
const attempt = (more: Partial<Attempt>): Attempt => ({
  step: 'payment.charge',
  way: 'action',
  number: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  startSeq: 2,
  actor: 'tracker',
  request: undefined,
  outcome: 'running',
  ...more,
});
const first = attempt({ cause: 'InventoryReserved' });

it('says what must follow an event, and when it is late while nothing came', () => {
  expect(followsOf(flow, saga, [first])).toEqual([
    {
      key: 'action payment.charge',
      after: 'InventoryReserved',
      expected: ['PaymentProcessed', 'PaymentFailed'],
      withinMs: 4_000,
      attempts: 1,
      dueAt: '2026-01-01T00:00:04.000Z',
    },
  ]);
});

it('measures from the first attempt, and after a back-off counts from the next one', () => {
  const failed = { ...first, endedAt: '2026-01-01T00:00:01.000Z', outcome: 'failed' as const };
  const waits = { ...failed, retryAt: '2026-01-01T00:00:03.000Z' };
  expect(followsOf(flow, saga, [waits])).toMatchObject([{ dueAt: '2026-01-01T00:00:07.000Z' }]);
  const second = attempt({
    number: 2,
    startSeq: 5,
    startedAt: '2026-01-01T00:00:03.000Z',
    endedAt: '2026-01-01T00:00:03.250Z',
    outcome: 'succeeded',
  });
  const [follow] = followsOf(flow, saga, [waits, second]);
  expect(follow).toMatchObject({ attempts: 2, tookMs: 3_250 });
  expect(follow).not.toHaveProperty('dueAt');
  expect(follow).not.toHaveProperty('wasLate');
  // Stuck, until a person had it tried again: 9 s are more than the 4 that it has.
  const later = {
    ...second,
    startedAt: '2026-01-01T00:00:10.000Z',
    endedAt: '2026-01-01T00:00:10.250Z',
  };
  expect(followsOf(flow, saga, [failed, later])).toMatchObject([{ tookMs: 10_250, wasLate: true }]);
});

it('leaves out what a coordinator has sent, and what the flow does not know', () => {
  expect(followsOf(flow, saga, [attempt({})])).toEqual([]);
  expect(followsOf(flow, saga, [{ ...first, step: 'order.pack' }])).toEqual([]);
});

it('shortens names that begin with the same word', () => {
  expect(shortNames(['PaymentProcessed', 'PaymentFailed'])).toEqual(['…Processed', 'Failed']);
  expect(shortNames(['PaymentRefunded'])).toEqual(['PaymentRefunded']);
  expect(shortNames(['PaymentProcessed', 'OrderFailed'])).toEqual([
    'PaymentProcessed',
    'OrderFailed',
  ]);
});
