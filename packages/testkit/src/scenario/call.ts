import { stepOf } from '@counterstep/saga-core/definition';
import {
  type Action,
  type SagaEvent,
  type SagaState,
  settle,
  settleClose,
  stepStateOf,
} from '@counterstep/saga-core/machine';
import { type Answer, asCloseOutcome, usualAnswer } from './answers.ts';
import type { Script } from './scenario.ts';

/** A scenario is told with a coordinator from the first step on; there is nothing to take over. */
type Call = Exclude<Action, { kind: 'fence' }>;

/** A call that has been made and not been answered. */
export interface CallUnderWay {
  readonly name: string;
  readonly action: Action;
  readonly atMs: number;
  answer(state: SagaState, now: string): readonly SagaEvent[];
}

/** @param before names of the calls that were made before this one */
export function beginCall(
  script: Script,
  action: Action,
  before: readonly string[],
  nowMs: number,
): CallUnderWay {
  if (action.kind === 'fence') throw new TypeError('A scenario takes no saga over.');
  const name = nameOf(action);
  const turn = before.filter((other) => other === name).length;
  const answer = answerTo(script, action, name, turn);
  const step = stepOf(script.definition, action.step);
  return {
    name,
    action,
    atMs: nowMs + answer.afterMs,
    answer(state, now) {
      if (action.kind === 'close') return closed(script, state, action.step, answer);
      const { direction, attempt } = action;
      if (answer.outcome.kind === 'unreachable') {
        throw new TypeError(`"${name}" is a call; only a close cannot be asked.`);
      }
      return settle(state, step, direction, attempt, answer.outcome, { now, random: 0.5 });
    },
  };
}

function nameOf(action: Call): string {
  if (action.kind === 'close') return `${action.step}:close`;
  return action.direction === 'action' ? action.step : `${action.step}:undo`;
}

function answerTo({ answers }: Script, action: Call, name: string, turn: number): Answer {
  const said = answers[name];
  const usual = usualAnswer(action.kind === 'close' ? 'close' : action.direction);
  if (said === undefined) return usual;
  return 'outcome' in said ? said : (said[turn] ?? usual);
}

/** As the engine closes: a plain function without probe can tell nobody what became of it. */
function closed(
  { definition }: Script,
  state: SagaState,
  name: string,
  answer: Answer,
): readonly SagaEvent[] {
  const step = stepOf(definition, name);
  const { action } = step;
  const { verdict, skipped } = stepStateOf(state, name);
  const isMute = action.kind === 'function' && !action.probe;
  const isWordGiven = verdict !== undefined || skipped || state.resolving !== undefined;
  if (isMute && isWordGiven) return [settleClose(state, step, { kind: 'unasked' })];
  const outcome = asCloseOutcome(answer, `${name}:close`);
  if (!isMute && outcome.kind !== 'unreachable') return [settleClose(state, step, outcome)];
  const error = { code: 'CLOSE_FAILED', message: 'Nobody can be asked for its outcome.' };
  return [{ type: 'SagaStuck', data: { direction: 'action', step: name, error } }];
}
