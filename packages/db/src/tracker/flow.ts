import type { Message, Reaction } from '@counterstep/saga-core/choreography';
import { definitionKey, type SagaKeys, type SagaShape } from '@counterstep/saga-core/definition';

/** What the tracker needs of a choreography, whatever its input is. */
export interface Flow {
  readonly definition: SagaShape & { readonly keys: (input: never) => SagaKeys };
  readonly reactions: readonly Reaction[];
  readonly startData: (input: never) => unknown;
}

/** Flows by `name@version`. */
export type Flows = ReadonlyMap<string, Flow>;

export function flowsOf(choreographies: readonly Flow[]): Flows {
  return new Map(choreographies.map((flow) => [definitionKey(flow.definition), flow]));
}

/** The key of the flow that a message belongs to. */
export const flowKey = (message: Message): string =>
  `${message.definition}@${message.definitionVersion}`;
