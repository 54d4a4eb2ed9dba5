import { expect, it } from 'vitest';
import { type Message, observe } from '../src/choreography/index.ts';
import { initialState, type SagaState } from '../src/machine/index.ts';
import { live } from './leaderless.ts';
import { orderFlow } from './order-flow.ts';

const fold = (messages: readonly Message[]): SagaState =>
  messages.reduce<SagaState>(
    (state, message) => observe(orderFlow.definition, orderFlow.reactions, state, message).state,
    initialState,
  );

it('a copy that failed for the moment does not reopen a step that was refused', () => {
  const { messages } = live([0, 0, 1], 10);
  const refused = messages.findIndex(({ report }) => report.kind === 'rejected');
  const late: Message = {
    ...(messages[refused] as Message),
    messageId: 'late',
    type: 'charge/attempt-failed',
    report: {
      kind: 'attempt-failed',
      direction: 'action',
      attempt: 1,
      failure: 'transient',
      error: { code: 'POOL_EXHAUSTED', message: 'All connections stayed busy.' },
      retryAt: '2026-01-01T00:00:00.000Z',
      isStuck: false,
    },
  };
  const told = messages.toSpliced(refused + 1, 0, late);
  expect(fold(messages).phase.status).toBe('compensated');
  expect(fold(told).phase.status).toBe('compensated');
});

it('an attempt that ends after the saga has ended leaves no retry that will never come', () => {
  const { messages } = live([0, 0, 1], 10);
  const last = messages.at(-1);
  if (!last) throw new Error('It has messages.');
  const late: Message = {
    ...last,
    messageId: 'late',
    step: 'charge',
    type: 'charge/attempt-failed',
    report: {
      kind: 'attempt-failed',
      direction: 'action',
      attempt: 1,
      failure: 'unknown',
      error: { code: 'STEP_TIMEOUT', message: 'No reply within 3000 ms.' },
      retryAt: '2026-01-01T00:00:00.000Z',
      isStuck: false,
    },
  };
  expect(fold([...messages, late])).toEqual(fold(messages));
});
