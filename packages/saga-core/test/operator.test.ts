import { describe, expect, it } from 'vitest';
import {
  type OperatorAction,
  refusalOf,
  type SagaEvent,
  type SagaState,
} from '../src/machine/index.ts';
import { z } from 'zod';
import { defineSaga, type SagaShape } from '../src/definition/index.ts';
import { orderLike } from './order-like.ts';
import { rich } from './rich.ts';
import { applied, rejected, unknown, unstorable, type Walk, walk, type World } from './walk.ts';

const when = (rules: Record<string, ReturnType<World['answer']>>): World => ({
  answer: (step, direction) => rules[`${step}:${direction}`] ?? applied,
});

function act(
  before: Walk,
  world: World,
  action: OperatorAction,
  more: Partial<Extract<SagaEvent, { type: 'OperatorActed' }>['data']> = {},
  definition: SagaShape = orderLike,
): Walk {
  expect(refusalOf(orderLike.steps, before.state, action, more.as)).toBeUndefined();
  const acted: SagaEvent = { type: 'OperatorActed', data: { action, reason: 'act', ...more } };
  return walk(definition, { ...world, arrive: (turn) => (turn === 0 ? [acted] : []) }, before);
}

describe('an output that cannot be kept', () => {
  const stuck = walk(orderLike, when({ 'reserve:action': unstorable }));

  it('stops the saga there: trying again would return the same', () => {
    expect(stuck.state.phase).toMatchObject({ status: 'stuck', step: 'reserve', from: 'running' });
    expect(stuck.calls.filter((call) => call.startsWith('reserve'))).toHaveLength(1);
  });

  it('goes on with the operator’s word of what it returned', () => {
    const output = { id: 'by-hand' };
    const { state } = act(stuck, { ...when({}), close: () => ({ kind: 'closed' }) }, 'settle', {
      as: 'done',
      output,
    });
    expect(state.phase.status).toBe('resolved');
    expect(state.steps['reserve']).toMatchObject({ forward: { output }, byHand: true });
  });

  it('prefers what the participant says to what the operator says', () => {
    const close = () => ({ kind: 'applied', output: { id: 'true' }, duplicate: true }) as const;
    const { state } = act(stuck, { ...when({}), close }, 'settle', { as: 'done', output: null });
    expect(state.phase.status).toBe('completed');
    expect(state.steps['reserve']?.forward).toMatchObject({ output: { id: 'true' } });
  });

  it.each(['compensate', 'settle'] as const)('can be given up (%s)', (action) => {
    const more = action === 'settle' ? { as: 'not-done' as const } : {};
    const { state, calls } = act(stuck, when({}), action, more);
    expect(state.phase.status).toBe('compensated');
    expect(calls).toContain('reserve:compensation#1');
  });
});

describe('a pivot that nobody can be asked about', () => {
  const silent = { ...when({ 'ship:action': unknown }), close: () => 'unreachable' as const };
  const stuck = walk(orderLike, silent);

  it('waits for an operator', () => {
    expect(stuck.state.phase).toMatchObject({ status: 'stuck', step: 'ship', direction: 'action' });
  });

  it('is settled as done by a word alone, and the saga says so at its end', () => {
    const world = { ...when({}), close: () => ({ kind: 'unasked' }) as const };
    const { state } = act(stuck, world, 'settle', { as: 'done', output: { id: 'p-1' } });
    expect(state.phase.status).toBe('resolved');
    expect(state.steps['confirm']?.forward.status).toBe('succeeded');
  });

  it('is given up by a word alone, and the saga says so at its end', () => {
    const world = { ...when({}), close: () => ({ kind: 'unasked' }) as const };
    const { state, log } = act(stuck, world, 'compensate');
    expect(state.phase.status).toBe('resolved');
    expect(log).toContainEqual({
      type: 'CompensationStarted',
      data: { reason: { kind: 'forced', reason: 'act' } },
    });
  });

  it('is not given up when it turns out to have happened', () => {
    const close = () => ({ kind: 'applied', output: null, duplicate: true }) as const;
    const { state } = act(stuck, { ...when({}), close }, 'compensate');
    expect(state.phase.status).toBe('completed');
  });

  it('cannot be skipped', () => {
    expect(refusalOf(orderLike.steps, stuck.state, 'skip')).toContain('pivot');
  });
});

describe('past the pivot', () => {
  const stuck = walk(orderLike, when({ 'confirm:action': rejected }));

  it('nothing is undone and nothing declared undone', () => {
    expect(refusalOf(orderLike.steps, stuck.state, 'compensate')).toContain('no return');
    expect(refusalOf(orderLike.steps, stuck.state, 'settle', 'not-done')).toContain(
      'Past the pivot',
    );
  });

  it('a step that was done by other means is settled as done', () => {
    const close = () =>
      ({ kind: 'rejected', error: { code: 'NO', message: 'No.' }, duplicate: true }) as const;
    const world = { ...when({}), close };
    const { state } = act(stuck, world, 'settle', { as: 'done', output: { id: 'c' } });
    expect(state.phase.status).toBe('resolved');
  });
});

describe('acts on sagas that are not stuck', () => {
  const done: SagaState = walk(orderLike, when({})).state;
  it.each(['retry', 'skip', 'settle', 'compensate', 'resolve'] as const)(
    '%s is refused',
    (action) => {
      expect(refusalOf(rich.steps, done, action)).toContain('Only a stuck saga');
    },
  );
});

describe('a late reply', () => {
  it('proves that the action was done, while that still matters', async () => {
    const { settle, evolve, initialState } = await import('../src/machine/index.ts');
    const { log } = walk(orderLike, when({ 'charge:action': unknown }));
    const firstUnknown = log.findIndex((event) => event.type === 'StepOutcomeUnknown');
    const charge = orderLike.steps[2];
    if (!charge) throw new Error('no step');
    const moment = { now: '2026-01-01T00:00:00.000Z', random: 0.5 };
    // Unknown, and a retry is scheduled: the first attempt answers after all.
    const waiting = log.slice(0, firstUnknown + 2).reduce<SagaState>(evolve, initialState);
    expect(settle(waiting, charge, 'action', 1, applied, moment)).toMatchObject([
      { type: 'StepSucceeded', attempt: 1 },
    ]);
    expect(settle(waiting, charge, 'action', 1, rejected, moment)).toEqual([]);
    const ended = log.reduce<SagaState>(evolve, initialState);
    expect(settle(ended, charge, 'action', 1, applied, moment)).toEqual([]);
  });
});

describe('a step that was skipped though nobody could say whether it had been done', () => {
  const stuck = walk(orderLike, when({ 'reserve:action': unstorable }));

  it('is undone all the same when the saga turns back later', () => {
    const world = {
      ...when({ 'charge:action': rejected }),
      close: () => ({ kind: 'unasked' }) as const,
    };
    const { state, calls } = act(stuck, world, 'skip');
    expect(calls).toContain('reserve:compensation#1');
    expect(state.phase.status).toBe('resolved');
  });
});

describe('a retry whose corrected input makes no request', () => {
  const request = (context: { input: never }): unknown => {
    const { id } = context.input as { id?: string };
    if (id === undefined) throw new Error('no id');
    return { id };
  };
  const picky: SagaShape = {
    ...orderLike,
    steps: orderLike.steps.map((step) =>
      step.action.kind === 'operation' ? { ...step, action: { ...step.action, request } } : step,
    ),
  };
  const input = { other: true };

  it('leaves in doubt what was in doubt: it is undone', () => {
    const stuck = walk(picky, when({ 'reserve:action': unstorable }));
    const { state, calls } = act(stuck, when({}), 'retry', { input }, picky);
    expect(calls).toContain('reserve:compensation#1');
    expect(state.phase.status).toBe('compensated');
  });

  it('does not give a pivot up that may have committed', () => {
    const silent = { ...when({ 'ship:action': unknown }), close: () => 'unreachable' as const };
    const stuck = walk(picky, silent);
    const { state, log } = act(stuck, silent, 'retry', { input }, picky);
    expect(state.phase).toMatchObject({ status: 'stuck', step: 'ship' });
    expect(log.map((event) => event.type)).not.toContain('CompensationStarted');
  });
});

describe('a saga that an operator ends by hand', () => {
  const done = () => Promise.resolve();
  const plain = defineSaga({ name: 'plain', version: 1, input: z.object({ id: z.string() }) })
    .pivot('pay', { run: done, retry: { maxAttempts: 1 } })
    .build();
  const silent: World = { ...when({ 'pay:action': unknown }), close: () => 'unreachable' };

  it('asks a plain function too what became of it, before it ends', () => {
    const stuck = walk(plain, silent);
    const world: World = { ...silent, close: () => ({ kind: 'closed' }) };
    const { state, calls } = act(stuck, world, 'resolve', {}, plain);
    expect(calls.filter((call) => call === 'pay:close')).toHaveLength(2);
    expect(state.phase.status).toBe('resolved');
    expect(state.steps['pay']?.inDoubt).toBe(false);
  });
});

describe('a fact that comes late', () => {
  it('changes neither what has succeeded nor what has been undone', async () => {
    const { evolve, initialState } = await import('../src/machine/index.ts');
    const error = { code: 'LATE', message: 'Late.' };
    const late: SagaEvent[] = [
      { type: 'StepFailed', step: 'create', attempt: 1, data: { failure: 'business', error } },
      { type: 'StepOutcomeUnknown', step: 'create', attempt: 1, data: { error } },
      {
        type: 'CompensationFailed',
        step: 'create',
        attempt: 1,
        data: { failure: 'unknown', error },
      },
    ];
    for (const rules of [{}, { 'charge:action': rejected }]) {
      const ended = walk(orderLike, when(rules)).log.reduce<SagaState>(evolve, initialState);
      for (const event of late) {
        if (event.type === 'CompensationFailed' && ended.phase.status === 'completed') continue;
        expect(evolve(ended, event)).toEqual({ ...ended, seq: ended.seq + 1 });
      }
    }
  });
});
