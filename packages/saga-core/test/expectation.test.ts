import { describe, expect, it } from 'vitest';
import { expectationsOf, type Message, observe } from '../src/choreography/index.ts';
import { initialState, type RecordedEvent, type SagaEvent } from '../src/machine/index.ts';
import { live } from './leaderless.ts';
import { orderFlow } from './order-flow.ts';
import { orderLike } from './order-like.ts';
import { at } from './walk.ts';

/** The log that a tracker makes of messages, one a second. */
function logOf(messages: readonly Message[]): RecordedEvent[] {
  let state = initialState;
  const log: RecordedEvent[] = [];
  messages.forEach((message, second) => {
    const observed = observe(orderLike, orderFlow.reactions, state, message);
    state = observed.state;
    const { messageId } = message;
    for (const event of observed.events) {
      log.push({ ...event, seq: log.length + 1, at: at(second * 1_000), actor: 't', messageId });
    }
  });
  return log;
}

const expectations = (fates: readonly number[], hops: number) =>
  expectationsOf(orderFlow, logOf(live(fates, hops).messages));

/** Two attempts of three seconds, and two seconds. */
const patienceMs = 8_000;

describe('what must follow', () => {
  it('is the first reaction once a saga is accepted', () => {
    expect(expectations([], 0)).toEqual([
      {
        step: 'create',
        direction: 'action',
        expected: ['Created', 'NotCreated'],
        consumer: 'order',
        operation: 'order.create',
        cause: { type: 'Requested', messageId: 'm' },
        since: at(0),
        dueAt: at(patienceMs),
      },
    ]);
  });

  it('moves on with every event, and names the one that set it off', () => {
    const [next] = expectations([], 2);
    expect(next).toMatchObject({ step: 'charge', consumer: 'payment', since: at(2_000) });
    expect(next?.cause.type).toBe('Reserved');
  });

  it('is a counter-step on the way back', () => {
    const [next] = expectations([0, 0, 1], 3);
    expect(next).toMatchObject({
      step: 'reserve',
      direction: 'compensation',
      expected: ['Released'],
      cause: { type: 'NotCharged' },
    });
  });

  it('counts from the next attempt after one that failed', () => {
    const retryAt = at(60_000);
    const messages = live([0, 2], 2).messages.slice(0, 3);
    const log = logOf(messages.map((message) => withRetry(message, retryAt)));
    expect(expectationsOf(orderFlow, log)).toMatchObject([
      { step: 'reserve', since: retryAt, dueAt: at(60_000 + patienceMs) },
    ]);
  });

  it('is nothing once a saga has ended, is stuck, or has a coordinator', () => {
    expect(expectations([], 5)).toEqual([]);
    expect(expectations([0, 0, 0, 0, 3], 5)).toEqual([]);
    const log = logOf(live([], 2).messages);
    const taken: SagaEvent = { type: 'SagaTakenOver', data: { epoch: 1, reason: 'r' } };
    const next = { ...taken, seq: log.length + 1, at: at(9_000), actor: 'ann' };
    expect(expectationsOf(orderFlow, [...log, next])).toEqual([]);
  });

  it('may have a time limit of its own', () => {
    const reactions = orderFlow.reactions.map((reaction) => ({ ...reaction, withinMs: 50 }));
    const log = logOf(live([], 0).messages);
    expect(expectationsOf({ ...orderFlow, reactions }, log)).toMatchObject([{ dueAt: at(50) }]);
  });
});

function withRetry(message: Message, retryAt: string): Message {
  const { report } = message;
  return report.kind === 'attempt-failed'
    ? { ...message, report: { ...report, retryAt } }
    : message;
}
