import {
  type CloseOutcome,
  type Command,
  type EffectKey,
  type Failure,
  type FencedEffect,
  hashOf,
  type Json,
  keyText,
  type Outcome,
} from '@counterstep/saga-core/participant';
import { copyOf } from './tables.ts';

/** One row of a service's effect table. */
export interface Effect {
  readonly outcome: 'applied' | 'rejected' | 'null-compensated' | 'closed';
  readonly generation: number;
  readonly hash: string;
  readonly result: Json;
}

/** What the business says to a command that the barrier lets through. */
export type Decision =
  | { readonly kind: 'applied'; readonly output: Json }
  | { readonly kind: 'rejected'; readonly error: Failure };

/** What came of a command at the barrier; `isEffect`: this call and no earlier one did it. */
export interface Answered {
  readonly outcome: Outcome;
  readonly isEffect: boolean;
}

/**
 * The exactly-once barrier in memory, by the table of the one on Postgres: one effect per saga, step
 * and direction; a compensation that comes first leaves a tombstone; a late action is suppressed.
 */
export class Barrier {
  /** By key text; open, so that a test can corrupt it. */
  readonly effects = new Map<string, Effect>();

  /** @param decide the business part; called once per effect at the most @param nowMs of the service */
  execute(command: Command, nowMs: number, decide: (done: Json | undefined) => Decision): Answered {
    const hash = hashOf(command.request);
    const action = this.#stored(command, 'action');
    const found =
      command.direction === 'action'
        ? judgeAction(command, hash, action, this.#stored(command, 'compensation'))
        : this.#undone(command);
    if (found) return { outcome: found, isEffect: false };
    if (nowMs > Date.parse(command.notAfter)) {
      return { outcome: { kind: 'expired' }, isEffect: false };
    }
    const isUndo = command.direction === 'compensation';
    if (isUndo && action?.outcome !== 'applied') {
      this.#store(command, 'null-compensated', hash, null);
      if (!action) this.#store({ ...command, direction: 'action' }, 'closed', '', null);
      return { outcome: { kind: 'null-compensated', duplicate: false }, isEffect: false };
    }
    const decision = decide(isUndo ? copyOf(action?.result) : undefined);
    if (decision.kind === 'rejected') {
      // A counter-step's "no" is not kept: an operator may ask again.
      if (!isUndo) this.#store(command, 'rejected', hash, copyOf(decision.error));
      return {
        outcome: { kind: 'rejected', error: decision.error, duplicate: false },
        isEffect: false,
      };
    }
    const output = copyOf(decision.output);
    this.#store(command, 'applied', hash, output);
    return { outcome: { kind: 'applied', output, duplicate: false }, isEffect: true };
  }

  close(key: EffectKey): CloseOutcome {
    const action = this.#stored(key, 'action');
    if (!action) {
      this.#store({ ...key, direction: 'action', generation: 1 }, 'closed', '', null);
      return { kind: 'closed' };
    }
    const outcome = asOutcome(action);
    if (outcome.kind === 'applied' || outcome.kind === 'rejected' || outcome.kind === 'closed') {
      return outcome;
    }
    throw new Error(`The action ${keyText(key)} is stored as ${action.outcome}.`);
  }

  /** Everything that a saga has stored. Nothing here answers to messages, so there is nothing to refuse. */
  fence(sagaId: string): FencedEffect[] {
    return [...this.effects].flatMap(([key, { outcome, generation, result }]) => {
      const [saga, step = '', direction] = key.split('/');
      if (saga !== sagaId || (direction !== 'action' && direction !== 'compensation')) return [];
      return [{ step, direction, generation, outcome, result: copyOf(result) }];
    });
  }

  #undone(command: Command): Outcome | undefined {
    const stored = this.#stored(command, 'compensation');
    return stored && asOutcome(stored);
  }

  #stored(key: EffectKey, direction: EffectKey['direction']): Effect | undefined {
    return this.effects.get(keyText({ ...key, direction }));
  }

  #store(
    key: EffectKey & { readonly generation: number },
    outcome: Effect['outcome'],
    hash: string,
    result: Json,
  ): void {
    this.effects.set(keyText(key), { outcome, generation: key.generation, hash, result });
  }
}

function judgeAction(
  command: Command,
  hash: string,
  stored: Effect | undefined,
  undone: Effect | undefined,
): Outcome | undefined {
  if (!stored) return undefined;
  if (stored.outcome === 'closed') return { kind: 'suppressed' };
  if (command.generation < stored.generation) return { kind: 'suppressed' };
  const isSame = command.generation === stored.generation;
  if (isSame && stored.hash !== hash) return { kind: 'transient', error: keyReused };
  if (stored.outcome === 'applied' || isSame) return asOutcome(stored);
  return undone && { kind: 'suppressed' };
}

function asOutcome({ outcome, result }: Effect): Outcome {
  switch (outcome) {
    case 'applied':
      return { kind: 'applied', output: copyOf(result), duplicate: true };
    case 'rejected':
      return { kind: 'rejected', error: result as Failure, duplicate: true };
    case 'null-compensated':
      return { kind: 'null-compensated', duplicate: true };
    case 'closed':
      return { kind: 'closed' };
  }
}

const keyReused: Failure = {
  code: 'KEY_REUSED',
  message: 'This key has been used with another request; nothing was changed.',
};
