import { describe, expect, it } from 'vitest';
import { rich } from './rich.ts';
import { applied, rejected, transient, unknown, walk, type World } from './walk.ts';

/** Everything goes well, and the approval comes as soon as it is waited for, except where a rule says otherwise. */
function world(rules: Record<string, World['answer']>, more: Partial<World> = {}): World {
  return {
    answer: (step, direction, attempt) =>
      rules[`${step}:${direction}`]?.(step, direction, attempt) ?? applied,
    arrive: (_turn, state) =>
      state.steps['approval']?.forward.status === 'waiting'
        ? [{ type: 'SignalReceived', step: 'approval', attempt: 1, data: { payload: { by: 'a' } } }]
        : [],
    ...more,
  };
}

const bookings = ['flight:action#1', 'hotel:action#1', 'car:action#1'];

describe('a group', () => {
  it('sends all its steps at once and goes on when the last one is done', () => {
    const { state, log, together } = walk(rich, world({}));
    expect(state.phase.status).toBe('completed');
    expect(together).toContainEqual(bookings);
    const sent = log.flatMap((e) => (e.type === 'StepDispatched' ? [e.step] : []));
    expect(sent).toEqual(['open', 'flight', 'hotel', 'car', 'a', 'b', 'pay', 'mail', 'points']);
  });

  it('takes the answers in any order', () => {
    const { state } = walk(rich, world({}, { pick: (actions) => actions.at(-1) }));
    expect(state.phase.status).toBe('completed');
  });

  it('waits for what is under way before it turns back, and sends nothing more', () => {
    const { state, calls, together } = walk(
      rich,
      world({ 'flight:action': () => rejected, 'hotel:action': () => transient }),
    );
    expect(state.phase.status).toBe('compensated');
    expect(together.slice(1, 4)).toEqual([bookings, bookings.slice(1), bookings.slice(2)]);
    expect(calls).not.toContain('hotel:action#2');
    expect(state.turnReason).toMatchObject({ kind: 'rejected', step: 'flight' });
  });

  it('is undone all at once, what never answered included, and before what came earlier', () => {
    const { together } = walk(
      rich,
      world({ 'hotel:action': () => unknown, 'a:action': () => rejected }),
    );
    const undone = ['car:compensation#1', 'hotel:compensation#1', 'flight:compensation#1'];
    expect(together).toContainEqual(undone);
    expect(together.at(-1)).toEqual(['open:compensation#1']);
  });

  it('is undone one after the other, last sent first, where it says so', () => {
    const refusePay = world({ 'pay:action': () => rejected });
    const { together } = walk(rich, refusePay);
    const undos = together.filter(([first]) => first?.includes('compensation'));
    expect(undos.slice(0, 2)).toEqual([['b:compensation#1'], ['a:compensation#1']]);
  });

  it('past the pivot lets its other steps finish before an operator has to look', () => {
    const { state, calls } = walk(rich, world({ 'mail:action': () => rejected }));
    expect(state.phase).toMatchObject({ status: 'stuck', step: 'mail', direction: 'action' });
    expect(calls).toContain('points:action#1');
    expect(state.steps['feedback']?.forward.status).toBe('succeeded');
  });
});
