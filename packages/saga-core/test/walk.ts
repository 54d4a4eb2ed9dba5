import { type SagaShape, stepOf } from '../src/definition/index.ts';
import {
  evolve,
  initialState,
  type SagaEvent,
  type SagaState,
  settle,
  settleClose,
  takeTurn,
} from '../src/machine/index.ts';
import type { CloseOutcome, Direction, Outcome } from '../src/participant/index.ts';

export const applied: Outcome = { kind: 'applied', output: { id: 'x' }, duplicate: false };
export const rejected: Outcome = {
  kind: 'rejected',
  error: { code: 'NO', message: 'No.' },
  duplicate: false,
};
export const transient: Outcome = { kind: 'transient', error: { code: 'T', message: 'Later.' } };
export const unknown: Outcome = { kind: 'unknown', error: { code: 'U', message: 'Silence.' } };
export const nothing: Outcome = { kind: 'null-compensated', duplicate: false };

/** What the outside world does in a walk. */
export interface World {
  answer(step: string, direction: Direction, attempt: number): Outcome;
  close?(step: string): CloseOutcome;
  /** Facts that come from outside before the n-th turn, from 0. */
  arrive?(turn: number): readonly SagaEvent[];
}

export interface Walk {
  readonly state: SagaState;
  readonly log: readonly SagaEvent[];
  /** Every call that was made, `step:direction#attempt`. */
  readonly calls: readonly string[];
}

const turnsMax = 500;

/** Walks a saga to where it rests, on a clock that jumps over every wait. */
export function walk(definition: SagaShape, world: World, from?: Walk): Walk {
  const calls: string[] = [...(from?.calls ?? [])];
  let log: SagaEvent[] = [...(from?.log ?? [accepted])];
  let state = log.reduce<SagaState>(evolve, initialState);
  let nowMs = Date.parse('2026-01-01T00:00:00.000Z');
  let facts: readonly SagaEvent[] = [];
  for (let turns = 0; turns < turnsMax; turns += 1) {
    const now = new Date(nowMs).toISOString();
    const turn = takeTurn(definition, state, [...facts, ...(world.arrive?.(turns) ?? [])], now);
    log = [...log, ...turn.events];
    state = turn.state;
    const { due } = turn;
    switch (due.do) {
      case 'rest':
        return { state, log, calls };
      case 'wait':
        nowMs = Date.parse(due.until);
        facts = [];
        break;
      case 'close':
        calls.push(`${due.step}:close`);
        facts = [
          settleClose(
            state,
            stepOf(definition, due.step),
            world.close?.(due.step) ?? { kind: 'closed' },
          ),
        ];
        break;
      case 'execute': {
        const { step, direction, attempt } = due;
        calls.push(`${step}:${direction}#${attempt}`);
        const outcome = world.answer(step, direction, attempt);
        facts = settle(state, stepOf(definition, step), direction, attempt, outcome, {
          now,
          random: 0.5,
        });
        break;
      }
    }
  }
  throw new Error('The walk did not come to rest.');
}

const accepted: SagaEvent = {
  type: 'SagaAccepted',
  data: { definition: 'order-like', version: 1, style: 'orchestration', input: { id: 'o-1' } },
};
