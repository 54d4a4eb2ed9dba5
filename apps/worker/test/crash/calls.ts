import type { SagaShape } from '@counterstep/saga-core/definition';
import type { RecordedEvent, SagaEventType } from '@counterstep/saga-core/machine';
import { type Direction, keyText } from '@counterstep/saga-core/participant';
import type { Call } from './journal.ts';

/**
 * The journal's word on plain functions, against the log's: what has succeeded was called, under the
 * saga's own key; and nothing was called whose intent the log did not hold. That is worth asking when
 * a worker has just died: the next one writes the intent again.
 */
export function judgeCalls(
  definitions: readonly SagaShape[],
  sagaId: string,
  log: readonly RecordedEvent[],
  calls: readonly Call[],
): string[] {
  const accepted = log.find((event) => event.type === 'SagaAccepted');
  const definition = definitions.find(({ name }) => name === accepted?.data.definition);
  const functions = new Set(
    definition?.steps.filter(({ action }) => action.kind === 'function').map(({ name }) => name),
  );
  const told = (type: SagaEventType, direction: Direction): Call[] =>
    log.flatMap((event) => {
      if (event.type !== type || !('step' in event) || !functions.has(event.step)) return [];
      return [{ key: keyText({ sagaId, step: event.step, direction }), attempt: event.attempt }];
    });
  const has = (list: readonly Call[], { key, attempt }: Call) =>
    list.some((other) => other.key === key && other.attempt === attempt);

  const done = [...told('StepSucceeded', 'action'), ...told('StepCompensated', 'compensation')];
  const intents = [
    ...told('StepDispatched', 'action'),
    ...told('CompensationDispatched', 'compensation'),
  ];
  return [
    ...done.filter((each) => !has(calls, each)).map(({ key }) => `${key} was never called`),
    ...calls.filter((each) => !has(intents, each)).map(({ key }) => `${key} had no intent`),
  ];
}

/** Calls that came more than once; for the runs in which nobody died in between. */
export function copiesOf(calls: readonly Call[]): string[] {
  const names = calls.map(({ key, attempt }) => `${key}, attempt ${attempt}`);
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `${name} was called more than once`);
}
