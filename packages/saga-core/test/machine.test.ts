import { describe, expect, it } from 'vitest';
import { evolve, type SagaEvent } from '../src/machine/index.ts';
import { orderLike } from './order-like.ts';
import { applied, nothing, rejected, transient, unknown, walk, type World } from './walk.ts';

const typesOf = (log: readonly SagaEvent[]) => log.map((event) => event.type);

/** All goes well except where a rule says otherwise; counter-steps undo. */
function world(rules: Record<string, World['answer']>, close?: World['close']): World {
  return {
    answer(step, direction, attempt) {
      const rule = rules[`${step}:${direction}`];
      return rule ? rule(step, direction, attempt) : applied;
    },
    ...(close && { close }),
  };
}

describe('a saga whose steps all succeed', () => {
  it('completes, and says when it could no longer turn back', () => {
    const { state, log, calls } = walk(orderLike, world({}));
    expect(state.phase.status).toBe('completed');
    expect(typesOf(log)).toEqual([
      'SagaAccepted',
      ...Array.from({ length: 4 }, () => ['StepDispatched', 'StepSucceeded']).flat(),
      'PivotCommitted',
      'StepDispatched',
      'StepSucceeded',
      'SagaCompleted',
    ]);
    expect(calls).toHaveLength(5);
  });
});

describe('a step that is rejected', () => {
  it('turns the saga back over what succeeded before it, last first, and owes nothing for itself', () => {
    const { state, calls } = walk(orderLike, world({ 'charge:action': () => rejected }));
    expect(state.phase.status).toBe('compensated');
    expect(calls).toEqual([
      'create:action#1',
      'reserve:action#1',
      'charge:action#1',
      'reserve:compensation#1',
      'create:compensation#1',
    ]);
    expect(state.turnReason).toMatchObject({ kind: 'rejected', step: 'charge' });
  });

  it('leaves nothing to undo when it is the first', () => {
    const { state, calls } = walk(orderLike, world({ 'create:action': () => rejected }));
    expect(state.phase.status).toBe('compensated');
    expect(calls).toEqual(['create:action#1']);
  });
});

describe("a business 'no' whose reply was lost", () => {
  // A choreographed service commits its "no" with the event that says so; only then is the reply lost.
  it('stays a no, whatever is told of that attempt afterwards', () => {
    const error = { code: 'LOST', message: 'No reply.' };
    const at = { step: 'charge', attempt: 1 };
    const runAt = '2026-01-01T00:00:01.000Z';
    const { state } = walk(orderLike, world({ 'charge:action': () => rejected }));
    const told: SagaEvent[] = [
      { type: 'StepOutcomeUnknown', ...at, data: { error } },
      { type: 'StepFailed', ...at, data: { failure: 'transient', error } },
      { type: 'RetryScheduled', ...at, attempt: 2, data: { direction: 'action', runAt } },
    ];
    expect(told.reduce(evolve, state).steps['charge']).toEqual(state.steps['charge']);
  });
});

describe('a step that fails for a moment', () => {
  it('is tried again with the request that was first sent', () => {
    const { state, log, calls } = walk(
      orderLike,
      world({ 'reserve:action': (_s, _d, attempt) => (attempt === 1 ? transient : applied) }),
    );
    expect(state.phase.status).toBe('completed');
    expect(calls).toContain('reserve:action#2');
    const sent = log.filter((event) => event.type === 'StepDispatched' && event.step === 'reserve');
    expect(sent.map((event) => event.data)).toEqual([sent[0]?.data, sent[0]?.data]);
  });

  it('is owed a counter-step when its budget is spent: silence is no proof', () => {
    const { state, calls } = walk(
      orderLike,
      world({ 'charge:action': () => unknown, 'charge:compensation': () => nothing }),
    );
    expect(state.phase.status).toBe('compensated');
    expect(calls).toContain('charge:compensation#1');
    expect(state.steps['charge']?.backward).toEqual({ status: 'null-compensated' });
  });
});

describe('a pivot in doubt', () => {
  it('is closed before anything is undone', () => {
    const { state, calls } = walk(orderLike, world({ 'ship:action': () => unknown }));
    expect(state.phase.status).toBe('compensated');
    expect(calls.slice(3)).toEqual([
      'ship:action#1',
      'ship:action#2',
      'ship:close',
      'charge:compensation#1',
      'reserve:compensation#1',
      'create:compensation#1',
    ]);
  });

  it('goes forward when closing finds that it had committed', () => {
    const { state } = walk(
      orderLike,
      world({ 'ship:action': () => unknown }, () => ({
        ...applied,
        kind: 'applied',
        output: null,
        duplicate: true,
      })),
    );
    expect(state.phase.status).toBe('completed');
  });
});

describe('a step past the pivot', () => {
  it.each([
    ['rejected', rejected],
    ['out of attempts', transient],
  ])('waits for an operator when it is %s', (_why, outcome) => {
    const { state } = walk(orderLike, world({ 'confirm:action': () => outcome }));
    expect(state.phase).toMatchObject({ status: 'stuck', direction: 'action', step: 'confirm' });
  });

  it('completes after an operator has it tried again, under a higher generation', () => {
    const stuck = walk(orderLike, world({ 'confirm:action': () => rejected }));
    const retried = walk(orderLike, { ...world({}), arrive: operator('retry') }, stuck);
    expect(retried.state.phase.status).toBe('completed');
    expect(retried.state.steps['confirm']?.generation).toBe(2);
  });

  it('is closed before it is skipped, and the saga ends resolved', () => {
    const stuck = walk(orderLike, world({ 'confirm:action': () => transient }));
    const skipped = walk(orderLike, { ...world({}), arrive: operator('skip') }, stuck);
    expect(skipped.calls.at(-1)).toBe('confirm:close');
    expect(skipped.state.phase.status).toBe('resolved');
  });
});

describe('a counter-step that fails for good', () => {
  const release = { 'charge:action': () => rejected, 'reserve:compensation': () => transient };

  it('is reported only after the other counter-steps are done', () => {
    const { state, calls } = walk(orderLike, world(release));
    expect(state.phase).toMatchObject({
      status: 'stuck',
      direction: 'compensation',
      step: 'reserve',
    });
    expect(calls.at(-1)).toBe('create:compensation#1');
  });

  it('compensates the saga once an operator has it tried again', () => {
    const stuck = walk(orderLike, world(release));
    const { state } = walk(orderLike, { ...world({}), arrive: operator('retry') }, stuck);
    expect(state.phase.status).toBe('compensated');
  });

  it('never yields "compensated" when it is skipped', () => {
    const stuck = walk(orderLike, world(release));
    const { state } = walk(orderLike, { ...world({}), arrive: operator('skip') }, stuck);
    expect(state.phase.status).toBe('resolved');
  });
});

describe('a cancel', () => {
  const cancelAt = (turn: number): World => ({
    ...world({}),
    arrive: (now) =>
      now === turn ? [{ type: 'CancelRequested', data: { reason: 'changed mind' } }] : [],
  });

  it.each([0, 1, 2, 3])('turns the saga back before the pivot is sent (turn %i)', (turn) => {
    const { state } = walk(orderLike, cancelAt(turn));
    expect(state.phase.status).toBe('compensated');
    expect(state.turnReason).toEqual({ kind: 'cancelled', reason: 'changed mind' });
  });

  it('is refused once the pivot has committed', () => {
    const { state, log } = walk(orderLike, cancelAt(4));
    expect(state.phase.status).toBe('completed');
    expect(typesOf(log)).toContain('CancelRefused');
  });
});

describe('a paused saga', () => {
  it('sends nothing new until it is resumed', () => {
    const paused = walk(orderLike, {
      ...world({}),
      arrive: (turn) => (turn === 1 ? [{ type: 'SagaPaused', data: { reason: 'look' } }] : []),
    });
    expect(paused.state.phase.status).toBe('running');
    expect(paused.calls).toEqual(['create:action#1']);
    const resumed = walk(
      orderLike,
      {
        ...world({}),
        arrive: (turn) => (turn === 0 ? [{ type: 'SagaResumed', data: { reason: 'go on' } }] : []),
      },
      paused,
    );
    expect(resumed.state.phase.status).toBe('completed');
  });
});

function operator(action: 'retry' | 'skip' | 'resolve') {
  return (turn: number): readonly SagaEvent[] =>
    turn === 0 ? [{ type: 'OperatorActed', data: { action, reason: 'checked by hand' } }] : [];
}
