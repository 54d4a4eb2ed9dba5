import type { SagaShape } from '../definition/index.ts';
import type { Due } from './due.ts';
import type { SagaEvent } from './event.ts';
import { evolve } from './evolve.ts';
import { plan } from './plan.ts';
import type { SagaState } from './state.ts';

export interface Turn {
  readonly state: SagaState;
  /** The given facts and the decisions that follow from them, in order. */
  readonly events: readonly SagaEvent[];
  /** What to do once the events are durable. */
  readonly due: Exclude<Due, { do: 'record' }>;
}

/** Folds new facts, then records every decision that follows, until there is something to do or to wait for. */
export function takeTurn(
  definition: SagaShape,
  before: SagaState,
  facts: readonly SagaEvent[],
  now: string,
): Turn {
  // More decisions than that would be a planner that does not come to rest.
  const decisionsMax = 32 + 4 * definition.steps.length;
  const events = [...facts];
  let state = facts.reduce(evolve, before);
  for (let decisions = 0; decisions < decisionsMax; decisions += 1) {
    const due = plan(definition, state, now);
    if (due.do !== 'record') return { state, events, due };
    events.push(due.event);
    state = evolve(state, due.event);
  }
  throw new Error(`The plan of "${definition.name}" did not come to rest.`);
}
