import type { SagaShape } from '../src/definition/index.ts';
import type { SagaEvent, SagaState } from '../src/machine/index.ts';
import type { CloseOutcome, Direction, Outcome } from '../src/participant/index.ts';
import type { Action } from '../src/machine/index.ts';
import { applied, nothing, rejected, transient, unknown, unstorable, type World } from './walk.ts';

/**
 * A world with a memory, as services behind a barrier have: an effect that was made stays made, a key
 * that was closed stays closed, and an unknown answer hides either. Its fates are numbers, so that a
 * property can choose them.
 */
export class Services implements World {
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

  arrive(turn: number, _state: SagaState): readonly SagaEvent[] {
    const letter = this.#letters.get(turn);
    return letter ? [letter] : [];
  }

  pick(actions: readonly Action[]): Action | undefined {
    return actions[this.#fate() % actions.length];
  }

  answer(step: string, direction: Direction): Outcome {
    const fate = this.#fate();
    return direction === 'action' ? this.#act(step, fate) : this.#undo(step, fate);
  }

  close(step: string): CloseOutcome | 'unreachable' {
    if (this.#fate() === 6) return 'unreachable';
    if (this.done.has(step)) return { kind: 'applied', output: null, duplicate: true };
    this.closed.add(step);
    return { kind: 'closed' };
  }

  #fate(): number {
    const fate = this.#fates[this.#next] ?? 0;
    this.#next += 1;
    return fate;
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
    if (fate === 5) return unstorable;
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

/** What a saga's end says about its effects; throws with a sentence when it lies. */
export function checkEnd(definition: SagaShape, services: Services, state: SagaState): void {
  const { status } = state.phase;
  const calls = definition.steps.filter((step) => step.class !== 'wait');
  const pivot = calls.find((step) => step.class === 'pivot');
  const fail = (what: string) => {
    throw new Error(`${status}, but ${what}`);
  };
  if (status === 'completed') {
    const missing = calls.filter(({ name }) => !services.done.has(name));
    if (missing.length > 0) fail(`not done: ${missing.map(({ name }) => name).join(', ')}`);
    if (services.undone.size > 0) fail(`undone: ${[...services.undone].join(', ')}`);
  }
  if (status === 'compensated') {
    const left = [...services.done].filter((name) => !services.undone.has(name));
    if (left.length > 0) fail(`left: ${left.join(', ')}`);
  }
  const isBack = status === 'compensating' || status === 'compensated';
  if (isBack && pivot && services.done.has(pivot.name)) fail('the pivot is done');
  if (status === 'committed' && services.undone.size > 0) fail('something is undone');
}
