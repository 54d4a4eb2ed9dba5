import { describe, expect, it } from 'vitest';
import {
  cannotBeAsked,
  cannotBeKept,
  fails,
  refuses,
  scenario,
  staysSilent,
  succeeds,
  takes,
} from '../src/scenario/index.ts';
import { order, trip } from './sagas.ts';

const placed = scenario(order).given({ id: 'o-1' });
const booked = scenario(trip).given({ id: 't-1' });
const minute = 60_000;

describe('an order', () => {
  it('goes through its steps one after another', () => {
    const story = placed.ends();
    expect(story.status).toBe('completed');
    expect(story.calls).toEqual(['create', 'reserve', 'charge', 'ship', 'confirm']);
  });

  it('is undone in reverse when a step is refused', () => {
    const story = placed.when({ charge: refuses('CARD_DECLINED') }).ends();
    expect(story.status).toBe('compensated');
    expect(story.calls).toEqual(['create', 'reserve', 'charge', 'reserve:undo', 'create:undo']);
    expect(story.state.turnReason).toMatchObject({ kind: 'rejected', step: 'charge' });
  });

  it('tries again what may succeed later', () => {
    const story = placed.when({ reserve: [fails(), fails()] }).ends();
    expect(story.status).toBe('completed');
    expect(story.calls.filter((call) => call === 'reserve')).toHaveLength(3);
    expect(story.elapsedMs).toBeGreaterThan(0);
  });

  it('undoes a step of which nobody knows whether it was done', () => {
    const story = placed.when({ charge: staysSilent() }).ends();
    expect(story.status).toBe('compensated');
    expect(story.calls.slice(-3)).toEqual(['charge:undo', 'reserve:undo', 'create:undo']);
  });

  it('asks what became of its pivot before it turns back', () => {
    const story = placed.when({ ship: staysSilent() }).ends();
    expect(story.calls).toContain('ship:close');
    expect(story.status).toBe('compensated');
  });

  it('goes on when the pivot turns out to have been done', () => {
    const story = placed.when({ ship: staysSilent(), 'ship:close': succeeds() }).ends();
    expect(story.status).toBe('completed');
  });

  it('waits for an operator when nobody can say what became of the pivot', () => {
    const doubtful = placed.when({ ship: staysSilent(), 'ship:close': cannotBeAsked() });
    expect(doubtful.ends().status).toBe('stuck');
    const settled = doubtful.when({ 'ship:close': [cannotBeAsked(), succeeds()] });
    expect(settled.operator({ action: 'settle', as: 'done' }).ends().status).toBe('completed');
  });

  it('does not give a retriable step up: an operator retries it', () => {
    const stuck = placed.when({ confirm: [refuses('CLOSED')] });
    expect(stuck.ends()).toMatchObject({ status: 'stuck' });
    expect(stuck.operator({ action: 'retry' }).ends().status).toBe('completed');
  });

  it('turns back when it is cancelled before its pivot, and not after it', () => {
    expect(placed.cancel({ during: 'charge' }).ends().status).toBe('compensated');
    const late = placed.cancel({ during: 'confirm' }).ends();
    expect(late.status).toBe('completed');
    expect(late.log.map(({ type }) => type)).toContain('CancelRefused');
  });

  it('goes on from a history', () => {
    const story = scenario(order)
      .given(
        { id: 'o-1' },
        {
          type: 'StepDispatched',
          step: 'create',
          attempt: 1,
          data: { operation: 'order.create', generation: 1, request: { id: 'o-1' } },
        },
      )
      .ends();
    expect(story.calls[0]).toBe('create');
    expect(story.status).toBe('completed');
  });

  it('waits for an operator when an output cannot be kept', () => {
    const stuck = placed.when({ charge: cannotBeKept() });
    expect(stuck.ends().status).toBe('stuck');
    const forced = stuck.operator({ action: 'compensate' }).ends();
    expect(forced.calls).toContain('charge:undo');
  });
});

describe('a trip', () => {
  it('books at once, waits for its approval, pays, and tells at once', () => {
    const story = booked.signal('approval', { by: 'Ada' }).ends();
    expect(story.status).toBe('completed');
    expect(story.calls).toEqual(['hotel', 'flight', 'car', 'pay', 'mail', 'points']);
    expect(story.elapsedMs).toBe(2_000);
  });

  it('turns back when nobody approves it in time', () => {
    const story = booked.ends();
    expect(story.status).toBe('compensated');
    expect(story.elapsedMs).toBe(2_000 + minute);
    expect(story.calls.slice(3).toSorted()).toEqual(['car:undo', 'flight:undo', 'hotel:undo']);
  });

  it('takes an approval that comes before it is awaited', () => {
    const story = booked.signal('approval', { by: 'Ada' }, { afterMs: 100 }).ends();
    expect(story.status).toBe('completed');
    expect(story.state.steps['approval']?.forward).toMatchObject({ output: { by: 'Ada' } });
  });

  it('waits for its neighbours before it undoes the group', () => {
    const story = booked
      .when({ hotel: refuses('FULL'), flight: takes(500, succeeds()), car: takes(900, succeeds()) })
      .ends();
    expect(story.status).toBe('compensated');
    expect(story.elapsedMs).toBe(900);
    expect(story.calls.slice(3).toSorted()).toEqual(['car:undo', 'flight:undo']);
  });

  it('turns back when its deadline passes', () => {
    const story = booked.when({ hotel: takes(3_700_000, fails()) }).ends();
    expect(story.status).toBe('compensated');
    expect(story.state.turnReason).toMatchObject({ kind: 'deadline' });
  });

  it('sends nothing new while it pauses', () => {
    const story = booked
      .signal('approval', { by: 'Ada' }, { afterMs: 0 })
      .pause({ during: 'hotel' })
      .resume({ afterMs: 10 * minute })
      .ends();
    expect(story.status).toBe('completed');
    expect(story.elapsedMs).toBeGreaterThanOrEqual(10 * minute);
  });
});

describe('a scenario', () => {
  it('refuses an input that the definition does not take', () => {
    expect(() => scenario(order).given({ id: 1 } as never)).toThrow('expected string');
  });

  it('says so when an answer does not fit its call', () => {
    expect(() => placed.when({ ship: cannotBeAsked() }).ends()).toThrow('only a close');
    expect(() => placed.when({ ship: staysSilent(), 'ship:close': fails() }).ends()).toThrow(
      'is a close',
    );
  });
});
