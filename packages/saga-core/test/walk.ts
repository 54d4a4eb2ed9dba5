import { type SagaShape, stepOf } from '../src/definition/index.ts';
import {
  type Action,
  evolve,
  initialState,
  reconcile,
  type SagaEvent,
  type SagaState,
  settle,
  settleClose,
  takeTurn,
} from '../src/machine/index.ts';
import type { CloseOutcome, Direction, FencedEffect, Outcome } from '../src/participant/index.ts';

export const applied: Outcome = { kind: 'applied', output: { id: 'x' }, duplicate: false };
export const rejected: Outcome = {
  kind: 'rejected',
  error: { code: 'NO', message: 'No.' },
  duplicate: false,
};
export const transient: Outcome = { kind: 'transient', error: { code: 'T', message: 'Later.' } };
export const unknown: Outcome = { kind: 'unknown', error: { code: 'U', message: 'Silence.' } };
export const unstorable: Outcome = {
  kind: 'unstorable',
  error: { code: 'UNSTORABLE', message: 'Too much.' },
};
export const nothing: Outcome = { kind: 'null-compensated', duplicate: false };

/** What the outside world does in a walk. */
export interface World {
  answer(step: string, direction: Direction, attempt: number): Outcome;
  /** What settling a key gives; `unreachable` when nobody can say. */
  close?(step: string): CloseOutcome | { readonly kind: 'unasked' } | 'unreachable';
  /** What the services had done when they were fenced. */
  fence?(): readonly FencedEffect[];
  /** Facts that come from outside before the n-th turn, from 0. */
  arrive?(turn: number, state: SagaState): readonly SagaEvent[];
  /** Which of the actions under way is answered first; default the first. */
  pick?(actions: readonly Action[]): Action | undefined;
}

export interface Walk {
  readonly state: SagaState;
  readonly log: readonly SagaEvent[];
  /** Every call that was made, `step:direction#attempt`. */
  readonly calls: readonly string[];
  /** Each turn's actions at once, in the notation of `calls`. */
  readonly together: readonly (readonly string[])[];
  readonly nowMs: number;
}

const turnsMax = 500;
const startMs = Date.parse('2026-01-01T00:00:00.000Z');
export const at = (ms: number): string => new Date(startMs + ms).toISOString();

/** Walks a saga to where it rests, on a clock that jumps over every wait. */
export function walk(definition: SagaShape, world: World, from?: Walk): Walk {
  const calls: string[] = [...(from?.calls ?? [])];
  const together: string[][] = [];
  let log: SagaEvent[] = [...(from?.log ?? [accepted(definition)])];
  let state = log.reduce<SagaState>(evolve, initialState);
  let nowMs = from?.nowMs ?? startMs;
  let facts: readonly SagaEvent[] = [];
  const now = () => new Date(nowMs).toISOString();

  const carryOut = (action: Action): readonly SagaEvent[] => {
    calls.push(nameOf(action));
    if (action.kind === 'fence') {
      return reconcile(definition, state, action.epoch, world.fence?.() ?? []);
    }
    const step = stepOf(definition, action.step);
    if (action.kind === 'close') {
      const outcome = world.close?.(action.step) ?? { kind: 'closed' };
      if (outcome !== 'unreachable') return [settleClose(state, step, outcome)];
      const error = { code: 'CLOSE_FAILED', message: 'Unreachable.' };
      const data = { direction: 'action', step: step.name, error } as const;
      const refusal: SagaEvent = { type: 'CancelRefused', data: { reason: 'not known yet' } };
      const isAsked = state.cancel && !state.cancel.refused;
      return [...(isAsked ? [refusal] : []), { type: 'SagaStuck', data }];
    }
    const outcome = world.answer(action.step, action.direction, action.attempt);
    const moment = { now: now(), random: 0.5 };
    return settle(state, step, action.direction, action.attempt, outcome, moment);
  };

  for (let turns = 0; turns < turnsMax; turns += 1) {
    const arrived = world.arrive?.(turns, state) ?? [];
    const turn = takeTurn(definition, state, [...facts, ...arrived], now());
    log = [...log, ...turn.events];
    state = turn.state;
    const { due } = turn;
    if (due.do === 'rest') return { state, log, calls, together, nowMs };
    if (due.do === 'wait') {
      // What comes from outside comes before the time that is waited for.
      const isDisturbed = (world.arrive?.(turns + 1, state) ?? []).length > 0;
      if (!isDisturbed) nowMs = Math.max(nowMs, Date.parse(due.until));
      facts = [];
    } else {
      together.push(due.actions.map(nameOf));
      const action = world.pick ? world.pick(due.actions) : due.actions[0];
      facts = action ? carryOut(action) : [];
      // Nothing answers yet: time passes to the next thing that is due by itself.
      if (!action && due.until !== undefined) nowMs = Math.max(nowMs, Date.parse(due.until));
    }
  }
  throw new Error('The walk did not come to rest.');
}

function nameOf(action: Action): string {
  if (action.kind === 'fence') return `fence#${action.epoch}`;
  return action.kind === 'close'
    ? `${action.step}:close`
    : `${action.step}:${action.direction}#${action.attempt}`;
}

function accepted({ name, version, deadlineMs }: SagaShape): SagaEvent {
  const data = {
    definition: name,
    version,
    style: 'orchestration' as const,
    input: { id: 'o-1' },
    ...(deadlineMs !== undefined && { deadlineAt: at(deadlineMs) }),
  };
  return { type: 'SagaAccepted', data };
}
