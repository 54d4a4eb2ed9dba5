import type { SagaDefinition } from '@counterstep/saga-core/definition';
import type { EventOf, SagaEvent, SagaState, SagaStatus } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import type { Answer } from './answers.ts';
import { play } from './play.ts';

/**
 * What is answered, by call: `charge` is the action of that step, `charge:undo` its counter-step,
 * `charge:close` the question what became of it. One answer is given every time; of a list each is
 * given once, and then the call succeeds. Calls that are not named succeed.
 */
export type Answers = Readonly<Record<string, Answer | readonly Answer[]>>;

/** When something comes from outside: so long after the beginning, or while a call is under way. */
export type When = { readonly afterMs: number } | { readonly during: string };

/** Something that comes from outside. */
export interface Arrival {
  /** `stuck`: as soon as the saga is; `awaited`: as soon as the step waits for its signal. */
  readonly when: When | 'stuck' | 'awaited';
  readonly event: SagaEvent;
}

/** How it went. */
export interface Story {
  readonly status: SagaStatus;
  /** Every call that was made, in order, retries included, named as in `Answers`. */
  readonly calls: readonly string[];
  /** Virtual time from acceptance to rest. */
  readonly elapsedMs: number;
  readonly log: readonly SagaEvent[];
  readonly state: SagaState;
}

/** A scenario that has its beginning. Immutable: each method returns another one. */
export interface Scenario {
  when(answers: Answers): Scenario;
  /** A signal; without a time it comes as soon as its step waits for it. */
  signal(name: string, payload: Json, when?: When): Scenario;
  cancel(when: When): Scenario;
  pause(when: When): Scenario;
  resume(when: When): Scenario;
  /** An operator acts as soon as the saga is stuck; several act one after another. */
  operator(act: Omit<EventOf<'OperatorActed'>['data'], 'reason'>): Scenario;
  /** Plays it on a clock that jumps over every wait, to where the saga rests. */
  ends(): Story;
}

/** All that a play needs. */
export interface Script {
  readonly definition: SagaDefinition<never>;
  readonly input: Json;
  readonly history: readonly SagaEvent[];
  readonly answers: Answers;
  readonly arrivals: readonly Arrival[];
}

/**
 * Tries a definition without engine, database or services: what is due is what the engine would do.
 * Nothing is called, plain functions neither: each call is answered as the scenario says.
 *
 *     const story = scenario(placeOrder)
 *       .given({ orderId: 'o-1', total: 99 })
 *       .when({ charge: refuses('CARD_DECLINED') })
 *       .ends();
 *     expect(story.status).toBe('compensated');
 *     expect(story.calls).toEqual(['create', 'reserve', 'charge', 'reserve:undo', 'create:undo']);
 */
export function scenario<Input>(definition: SagaDefinition<Input>): {
  /**
   * @param history what has happened already, after the acceptance
   * @throws ZodError for an input that the definition does not take
   */
  given(input: Input, ...history: readonly SagaEvent[]): Scenario;
} {
  return {
    given: (input, ...history) =>
      scenarioOf({
        // A script is played whatever its input is; the schema has just checked this one.
        definition: definition as unknown as SagaDefinition<never>,
        input: definition.input.parse(input) as Json,
        history,
        answers: {},
        arrivals: [],
      }),
  };
}

function scenarioOf(script: Script): Scenario {
  const arriving = (event: SagaEvent, when: Arrival['when']) =>
    scenarioOf({ ...script, arrivals: [...script.arrivals, { event, when }] });
  return {
    when(answers) {
      checkAnswers(script, answers);
      return scenarioOf({ ...script, answers: { ...script.answers, ...answers } });
    },
    signal(step, payload, when) {
      const data = { payload: checkSignal(script, step, payload) };
      return arriving({ type: 'SignalReceived', step, attempt: 1, data }, when ?? 'awaited');
    },
    cancel: (when) => arriving({ type: 'CancelRequested', data: { reason: 'cancel' } }, when),
    pause: (when) => arriving({ type: 'SagaPaused', data: { reason: 'pause' } }, when),
    resume: (when) => arriving({ type: 'SagaResumed', data: { reason: 'resume' } }, when),
    operator: (act) =>
      arriving({ type: 'OperatorActed', data: { ...act, reason: 'operator' } }, 'stuck'),
    ends: () => play(script),
  };
}

/** A misspelt call would be answered as usual, and the scenario would show nothing. */
function checkAnswers({ definition }: Script, answers: Answers): void {
  const known = definition.steps.flatMap(({ name, class: kind }) =>
    kind === 'wait' ? [] : [name, `${name}:undo`, `${name}:close`],
  );
  const unknown = Object.keys(answers).find((call) => !known.includes(call));
  if (unknown === undefined) return;
  throw new TypeError(`"${definition.name}" has no call "${unknown}"; it has ${known.join(', ')}.`);
}

/** What a sender would be told: no such signal, or a payload that does not fit. */
function checkSignal({ definition }: Script, name: string, payload: Json): Json {
  const action = definition.steps.find((step) => step.name === name)?.action;
  if (action?.kind === 'signal') return action.schema.parse(payload) as Json;
  throw new TypeError(`"${definition.name}" waits for no signal "${name}".`);
}
