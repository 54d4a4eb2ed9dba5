import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observe } from '../src/choreography/index.ts';
import {
  evolve,
  initialState,
  isTerminal,
  legalMoves,
  movesBetween,
  type SagaEvent,
  type SagaState,
} from '../src/machine/index.ts';
import { live } from './leaderless.ts';
import { orderFlow } from './order-flow.ts';
import { orderLike } from './order-like.ts';
import { checkEnd, Services } from './services.ts';
import { type Walk, walk, type World } from './walk.ts';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });

const fates = fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2, 3), { maxLength: 10 });
const later = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 6), { maxLength: 15 });
const hops = fc.integer({ min: 0, max: 10 });
const takenOver: SagaEvent = { type: 'SagaTakenOver', data: { epoch: 1, reason: 'stalled' } };

/** What the tracker has folded of the first messages. */
function tracked(messages: ReturnType<typeof live>['messages'], seen: number) {
  let state = initialState;
  const log: SagaEvent[] = [];
  for (const message of messages.slice(0, seen)) {
    const { definition, reactions } = orderFlow;
    const observed = observe(definition, reactions, state, message);
    state = observed.state;
    log.push(...observed.events);
  }
  return { state, log };
}

/** Takes a saga over that the services have brought so far and the tracker has seen so much of. */
function takeOver(
  history: ReturnType<typeof live>,
  seen: number,
  services: Services,
): Walk | undefined {
  const { state, log } = tracked(history.messages, Math.max(1, seen));
  if (isTerminal(state.phase.status)) return undefined;
  for (const { step, direction, outcome } of history.effects) {
    if (outcome === 'rejected') services.closed.add(step);
    else (direction === 'action' ? services.done : services.undone).add(step);
  }
  const world: World = {
    answer: (step, direction) => services.answer(step, direction),
    close: (step) => services.close(step),
    fence: () => history.effects,
    arrive: (turn) => (turn === 0 ? [takenOver] : []),
  };
  const before = { state, log, calls: [], together: [], nowMs: Date.parse('2026-01-01') };
  return walk(orderLike, world, before);
}

describe('a saga that is taken over at any point, whatever its tracker has seen of it', () => {
  it('ends as its effects demand, or in front of somebody', () => {
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(fates, hops, hops, later, (history, lived, seen, sequence) => {
        const services = new Services(sequence);
        const end = takeOver(live(history, lived), seen, services);
        if (!end) return;
        const { status } = end.state.phase;
        ends.set(status, (ends.get(status) ?? 0) + 1);
        expect(isTerminal(status) || status === 'stuck').toBe(true);
        checkEnd(orderLike, services, end.state);
      }),
      { numRuns: 5_000 },
    );
    expect([...ends.keys()].toSorted()).toEqual(['compensated', 'completed', 'stuck']);
  });

  it('repeats nothing that the services have answered for good', () => {
    fc.assert(
      fc.property(fates, hops, hops, (history, lived, seen) => {
        const past = live(history, lived);
        const end = takeOver(past, seen, new Services([]));
        const called = end?.calls.map((call) => call.replace(/#\d+$/, '')) ?? [];
        for (const { step, direction } of past.effects) {
          expect(called).not.toContain(`${step}:${direction}`);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('begins with the fence, once, and makes legal moves only', () => {
    fc.assert(
      fc.property(fates, hops, hops, later, (history, lived, seen, sequence) => {
        const end = takeOver(live(history, lived), seen, new Services(sequence));
        if (!end) return;
        expect(end.calls[0]).toBe('fence#1');
        expect(end.calls.filter((call) => call.startsWith('fence'))).toHaveLength(1);
        let state = initialState;
        for (const event of end.log) {
          const next = evolve(state, event);
          for (const move of movesBetween(state, next)) expect(legalMoves).toContain(move);
          state = next;
        }
        expect(end.log.reduce<SagaState>(evolve, initialState)).toEqual(end.state);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a saga that is taken over', () => {
  it('goes on forward where the services stopped', () => {
    const end = takeOver(live([], 2), 3, new Services([]));
    expect(end?.state.phase.status).toBe('completed');
    expect(end?.calls).toEqual(['fence#1', 'charge:action#2', 'ship:action#1', 'confirm:action#1']);
  });

  it('goes on backward where they stopped, in reverse', () => {
    const end = takeOver(live([0, 0, 0, 1], 4), 5, new Services([]));
    expect(end?.state.phase.status).toBe('compensated');
    expect(end?.calls).toEqual([
      'fence#1',
      'charge:compensation#2',
      'reserve:compensation#1',
      'create:compensation#1',
    ]);
  });

  it('has its end told when the services were done and nobody had seen it', () => {
    const end = takeOver(live([], 5), 1, new Services([]));
    expect(end?.state.phase.status).toBe('completed');
    expect(end?.calls).toEqual(['fence#1']);
  });

  it('tries again, with a new budget, what had got stuck', () => {
    const end = takeOver(live([0, 0, 0, 0, 3], 5), 9, new Services([]));
    expect(end?.state.phase.status).toBe('completed');
    expect(end?.calls).toEqual(['fence#1', 'confirm:action#2']);
  });

  it('keeps the generation of keys that were redriven, so that a retry goes above it', () => {
    const { messages } = live([0, 0, 1], 3);
    const effects = live([0, 0, 1], 3).effects.map((effect) =>
      effect.step === 'charge' ? { ...effect, generation: 3 } : effect,
    );
    const end = takeOver({ messages, effects }, 1, new Services([]));
    expect(end?.state.steps['charge']?.generation).toBe(3);
  });
});

describe('a saga whose dead letter is told of twice', () => {
  const [accepted, ...rest] = live([0, 0, 0, 0, 3], 5).messages;
  const dead = rest.at(-1);
  if (!accepted || !dead) throw new Error('It has messages.');
  const copy = { ...dead, messageId: 'a copy' };

  it('stays stuck where it was: past the pivot nothing walks back', () => {
    const { state } = tracked([accepted, ...rest, copy], 99);
    expect(state.phase).toMatchObject({ status: 'stuck', direction: 'action', from: 'committed' });
  });

  it('undoes nothing when it is taken over', () => {
    const messages = [accepted, ...rest, copy];
    const { effects } = live([0, 0, 0, 0, 3], 5);
    const end = takeOver({ messages, effects }, 99, new Services([]));
    expect(end?.calls).toEqual(['fence#1', 'confirm:action#2']);
  });
});

describe('a saga that is believed to walk back although its pivot has committed', () => {
  it('goes forward: what the services hold goes before what was believed', () => {
    const { messages } = live([0, 0, 0, 1], 4);
    const { effects } = live([], 4);
    const end = takeOver({ messages, effects }, 99, new Services([]));
    expect(end?.state.phase.status).toBe('completed');
  });
});

describe('a key that was closed ahead of what had been done', () => {
  it('turns the saga back before anything is sent that would only be undone', () => {
    const { messages, effects } = live([], 1);
    const closed = { step: 'ship', direction: 'action', generation: 1, outcome: 'closed' } as const;
    const end = takeOver(
      { messages, effects: [...effects, { ...closed, result: null }] },
      99,
      new Services([]),
    );
    expect(end?.state.phase.status).toBe('compensated');
    expect(end?.calls).toEqual(['fence#1', 'create:compensation#1']);
  });
});
