import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evolve,
  initialState,
  isTerminal,
  type SagaEvent,
  type SagaState,
} from '../src/machine/index.ts';
import type { CloseOutcome, Direction, Outcome } from '../src/participant/index.ts';
import { orderLike } from './order-like.ts';
import { applied, nothing, rejected, transient, unknown, walk, type World } from './walk.ts';

/**
 * A world with a memory, as services behind a barrier have: an effect that was made stays made, a key
 * that was closed stays closed, and an unknown answer hides either.
 */
class Services implements World {
  readonly done = new Set<string>();
  readonly undone = new Set<string>();
  readonly closed = new Set<string>();
  readonly #fates: readonly number[];
  readonly #letters: ReadonlyMap<number, SagaEvent>;
  #next = 0;

  constructor(fates: readonly number[], letters: ReadonlyMap<number, SagaEvent> = new Map()) {
    this.#fates = fates;
    this.#letters = letters;
  }

  arrive(turn: number): readonly SagaEvent[] {
    const letter = this.#letters.get(turn);
    return letter ? [letter] : [];
  }

  answer(step: string, direction: Direction): Outcome {
    const fate = this.#fates[this.#next] ?? 0;
    this.#next += 1;
    return direction === 'action' ? this.#act(step, fate) : this.#undo(step, fate);
  }

  close(step: string): CloseOutcome {
    if (this.done.has(step)) return { kind: 'applied', output: null, duplicate: true };
    this.closed.add(step);
    return { kind: 'closed' };
  }

  #act(step: string, fate: number): Outcome {
    if (this.closed.has(step)) return { kind: 'suppressed' };
    if (fate === 1) return transient;
    if (fate === 2) return unknown;
    if (fate === 3 && !this.done.has(step)) {
      this.closed.add(step);
      return rejected;
    }
    this.done.add(step);
    return fate === 4 ? unknown : applied;
  }

  #undo(step: string, fate: number): Outcome {
    if (fate === 1) return transient;
    if (fate === 2) return unknown;
    if (fate === 3) return rejected;
    if (!this.done.has(step)) {
      this.closed.add(step);
      return nothing;
    }
    this.undone.add(step);
    return fate === 4 ? unknown : applied;
  }
}

const fates = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 });
const letter = fc.constantFrom<SagaEvent>(
  { type: 'CancelRequested', data: { reason: 'cancel' } },
  { type: 'SagaPaused', data: { reason: 'pause' } },
  { type: 'SagaResumed', data: { reason: 'resume' } },
);
const letters = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), letter), { maxLength: 4 })
  .map((entries) => new Map(entries));

function check(services: Services, state: SagaState): void {
  const { status } = state.phase;
  const left = [...services.done].filter((step) => !services.undone.has(step));
  if (status === 'completed') {
    expect([...services.done].sort()).toEqual(orderLike.steps.map(({ name }) => name).sort());
    expect(services.undone.size).toBe(0);
  }
  if (status === 'compensated') expect(left).toEqual([]);
  if (status === 'compensating' || status === 'compensated') {
    expect(services.done.has('ship')).toBe(false);
  }
}

describe('any sequence of outcomes', () => {
  it('ends completed with every effect, compensated with none, or in front of an operator', () => {
    fc.assert(
      fc.property(fates, (sequence) => {
        const services = new Services(sequence);
        const { state } = walk(orderLike, services);
        expect(isTerminal(state.phase.status) || state.phase.status === 'stuck').toBe(true);
        check(services, state);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps to that with cancels and pauses at any moment', () => {
    fc.assert(
      fc.property(fates, letters, (sequence, mail) => {
        const services = new Services(sequence, mail);
        const { state } = walk(orderLike, services);
        const isAtRest = isTerminal(state.phase.status) || state.phase.status === 'stuck';
        expect(isAtRest || state.paused).toBe(true);
        check(services, state);
      }),
      { numRuns: 2_000 },
    );
  });

  it('ends by itself once faults have stopped and an operator retries what is stuck', () => {
    fc.assert(
      fc.property(fates, (sequence) => {
        const services = new Services(sequence);
        let current = walk(orderLike, services);
        for (let acts = 0; current.state.phase.status === 'stuck' && acts < 40; acts += 1) {
          const act: SagaEvent = {
            type: 'OperatorActed',
            data: { action: 'retry', reason: 'again' },
          };
          const world: World = {
            answer: (step, direction) => services.answer(step, direction),
            close: (step) => services.close(step),
            arrive: (turn) => (turn === 0 ? [act] : []),
          };
          current = walk(orderLike, world, current);
        }
        const { status } = current.state.phase;
        // A retriable step whose key was closed by a rejection cannot succeed under the same world.
        if (status !== 'stuck') expect(isTerminal(status)).toBe(true);
        check(services, current.state);
      }),
      { numRuns: 500 },
    );
  });

  it('folds to the same state from the log alone', () => {
    fc.assert(
      fc.property(fates, letters, (sequence, mail) => {
        const { state, log } = walk(orderLike, new Services(sequence, mail));
        expect(log.reduce<SagaState>(evolve, initialState)).toEqual(state);
        expect(state.seq).toBe(log.length);
      }),
      { numRuns: 500 },
    );
  });
});
