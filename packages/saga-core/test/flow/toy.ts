import { z } from 'zod';
import {
  type Choreography,
  emit,
  event,
  type EventContract,
  on,
  type Reaction,
} from '../../src/choreography/index.ts';
import { defineSaga, type SagaDefinition } from '../../src/definition/index.ts';
import { operation, type OperationContract } from '../../src/participant/index.ts';

const ref = z.strictObject({ id: z.string() });
type Ref = z.infer<typeof ref>;
const same = (data: Ref): Ref => data;

export const declared = (service: string, type: string): EventContract<Ref> =>
  event({ type, service, version: 1, data: ref });

/** A step named `a` is work of service `a`, which declares `ADone`, `AFailed` and `AUndone`. */
export const serviceOf = (step: string) => {
  const [first = '', ...rest] = step;
  const stem = `${first.toUpperCase()}${rest.join('')}`;
  const work = (verb: string): OperationContract<Ref, Ref> =>
    operation({ name: `${step}.${verb}`, request: ref, response: ref });
  return {
    done: declared(step, `${stem}Done`),
    failed: declared(step, `${stem}Failed`),
    undone: declared(step, `${stem}Undone`),
    act: work('do'),
    undo: work('undo'),
  };
};

export const asked = declared('desk', 'Asked');

/** The action of a step on an event; a retriable one has no "no". */
export function acts(step: string, trigger: EventContract<Ref>, isRetriable = false): Reaction {
  const { done, failed, act } = serviceOf(step);
  return on(trigger, {
    step,
    operation: act,
    request: same,
    applied: emit(done, same),
    ...(!isRetriable && { rejected: emit(failed, same) }),
  });
}

export function undoes(step: string, trigger: EventContract<Ref>): Reaction {
  const { undone, undo } = serviceOf(step);
  return on(trigger, {
    step,
    direction: 'compensation',
    operation: undo,
    request: same,
    applied: emit(undone, same),
  });
}

interface Steps {
  readonly compensatable: readonly string[];
  readonly pivot?: string;
  readonly retriable?: readonly string[];
}

/** Steps in this order; the reactions alone say what runs beside what. */
export function sagaOf({ compensatable, pivot, retriable = [] }: Steps): SagaDefinition<Ref> {
  const request = ({ input }: { input: Ref }) => input;
  let before = defineSaga({ name: 'toy', version: 1, input: ref });
  for (const step of compensatable) {
    const { act, undo } = serviceOf(step);
    const undone = { compensation: undo, compensationRequest: request };
    before = before.step(step, { action: act, request, ...undone });
  }
  if (pivot === undefined) return before.build();
  let after = before.pivot(pivot, { action: serviceOf(pivot).act, request });
  for (const step of retriable) {
    after = after.retriable(step, { action: serviceOf(step).act, request });
  }
  return after.build();
}

/** Each event that a reaction emits, declared once. */
export function flowOf(
  definition: SagaDefinition<Ref>,
  reactions: readonly Reaction[],
): Choreography<Ref> {
  const emitted = reactions.flatMap(({ applied, rejected }) => [
    applied.event,
    ...(rejected ? [rejected.event] : []),
  ]);
  const events = new Map([asked, ...emitted].map((each) => [each.type, each]));
  return { definition, start: asked, startData: same, events: [...events.values()], reactions };
}

/** a, b, then the pivot p, then r: undone one after the other, last first. */
export function smallFlow(): Choreography<Ref> {
  const { done: aDone } = serviceOf('a');
  const { done: bDone, failed: bFailed, undone: bUndone } = serviceOf('b');
  const { done: pDone, failed: pFailed } = serviceOf('p');
  return flowOf(sagaOf({ compensatable: ['a', 'b'], pivot: 'p', retriable: ['r'] }), [
    acts('a', asked),
    acts('b', aDone),
    acts('p', bDone),
    acts('r', pDone, true),
    undoes('b', pFailed),
    undoes('a', bUndone),
    undoes('a', bFailed),
  ]);
}
