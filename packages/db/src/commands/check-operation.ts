import type { SagaKeys, SagaShape } from '@counterstep/saga-core/definition';
import {
  isLeaderless,
  type RecordedEvent,
  refusalOf,
  type SagaState,
  type Style,
} from '@counterstep/saga-core/machine';
import type { StepShape } from '../read/shape.ts';
import { badInput, CommandError, storable } from './errors.ts';
import type { Operation } from './operate.ts';

/** Finds the definition that an operator's corrections are checked against. */
export type DefinitionOf = (name: string, version: number) => CheckedDefinition | undefined;

type Parse = (value: unknown) => {
  success: boolean;
  error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] };
};

/** What a check of corrections needs of a definition, whatever its input is. */
interface CheckedDefinition {
  readonly input: { readonly safeParse: Parse };
  readonly keys: (input: never) => SagaKeys;
  readonly steps: SagaShape['steps'];
}

/** A saga as it stands while its row is locked. */
export interface Operated {
  readonly style: Style;
  readonly seq: number;
  readonly owner: string | null;
  readonly definition: string;
  readonly version: number;
  readonly business_key: string | null;
  readonly subject: string | null;
  readonly log: readonly RecordedEvent[];
  /** The log, folded. */
  readonly state: SagaState;
  readonly steps: readonly StepShape[];
}

/** An act is on what its operator has seen, or on nothing. */
export function conflictOf(
  { seq, owner }: Pick<Operated, 'seq' | 'owner'>,
  expectedSeq: number,
): CommandError | undefined {
  if (seq === expectedSeq && owner === null) return undefined;
  const why =
    seq === expectedSeq
      ? 'A worker has the saga in hand right now.'
      : `The saga has moved on to #${seq}, and you acted on #${expectedSeq}.`;
  return new CommandError('CONFLICT', `${why} Look again, then decide.`);
}

/** Why an act is refused; undefined when it may be done. */
export function checkOperation(
  saga: Operated,
  definitionOf: DefinitionOf,
  operation: Operation,
): CommandError | undefined {
  const { action, expectedSeq, as } = operation;
  const conflict = conflictOf(saga, expectedSeq);
  if (conflict) return conflict;
  if (isLeaderless(saga.style, saga.state) && action !== 'retry') {
    return new CommandError(
      'NOT_ALLOWED',
      `Cannot ${action} a choreographed saga: its services would go on reacting. Retry it, or take it over first.`,
    );
  }
  if ((action === 'settle') !== (as !== undefined)) {
    return new CommandError(
      'BAD_INPUT',
      'as: settle takes "done" or "not-done", nothing else does.',
    );
  }
  const refusal = refusalOf(saga.steps, saga.state, action, as);
  if (refusal !== undefined) {
    return new CommandError(
      'NOT_ALLOWED',
      `Cannot ${action} a saga that is ${saga.state.phase.status}. ${refusal}`,
    );
  }
  return checkInput(saga, definitionOf, operation) ?? checkOutput(saga, definitionOf, operation);
}

/** Corrected input must be what the definition takes, and about the same business object. */
function checkInput(
  saga: Operated,
  definitionOf: DefinitionOf,
  { action, input }: Operation,
): CommandError | undefined {
  if (input === undefined) return undefined;
  const { phase } = saga.state;
  const isForward = phase.status === 'stuck' && phase.direction === 'action';
  if (action !== 'retry' || !isForward || isLeaderless(saga.style, saga.state)) {
    return new CommandError('BAD_INPUT', 'input: only the retry of a forward step takes one.');
  }
  const definition = definitionOf(saga.definition, saga.version);
  if (!definition) return unknownDefinition('input', saga);
  const { error } = definition.input.safeParse(input);
  if (error) return badInput('input', error);
  const { businessKey = null, subject = null } = definition.keys(input as never);
  return businessKey === saga.business_key && subject === saga.subject
    ? undefined
    : new CommandError(
        'BAD_INPUT',
        'input: it must be about the same business object and subject.',
      );
}

/** An operator's output must be what the operation would have answered. */
function checkOutput(
  saga: Operated,
  definitionOf: DefinitionOf,
  { as, output }: Operation,
): CommandError | undefined {
  if (output === undefined) return undefined;
  const { phase } = saga.state;
  const isForward = phase.status === 'stuck' && phase.direction === 'action';
  if (as !== 'done' || !isForward) {
    return new CommandError('BAD_INPUT', 'output: only a forward step settled as done takes one.');
  }
  try {
    storable('output', output);
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  const definition = definitionOf(saga.definition, saga.version);
  if (!definition) return unknownDefinition('output', saga);
  const action = definition.steps.find(({ name }) => name === phase.step)?.action;
  const parsed =
    action?.kind === 'operation' ? action.operation.response.safeParse(output) : undefined;
  return parsed?.error ? badInput('output', parsed.error) : undefined;
}

function unknownDefinition(field: string, saga: Operated): CommandError {
  return new CommandError(
    'BAD_INPUT',
    `${field}: this process does not have ${saga.definition}@${saga.version} to check it against.`,
  );
}
