import { type Json, toStorable, UnstorableError } from '@counterstep/saga-core/participant';

/** A command that cannot be carried out; nothing was changed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /**
   * NOT_FOUND: no such saga. CONFLICT: it has moved on. NOT_ALLOWED: not in its present state.
   * BAD_INPUT: what was sent does not fit the saga. KEY_REUSED: the key stands for another request.
   */
  readonly code: 'NOT_FOUND' | 'CONFLICT' | 'NOT_ALLOWED' | 'BAD_INPUT' | 'KEY_REUSED';

  constructor(code: CommandError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export const notFound = (sagaId: string): CommandError =>
  new CommandError('NOT_FOUND', `There is no saga ${sagaId}; check the id.`);

interface Issues {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** What to change of an input, one clause for each place of it, for instance `input.city: Required`. */
export function badInput(root: string, { issues }: Issues): CommandError {
  const clauses = issues.map(({ path, message }) => `${[root, ...path].join('.')}: ${message}`);
  return new CommandError('BAD_INPUT', clauses.join('; '));
}

/** A value as it will read back from the database; what cannot be stored is bad input. */
export function storable(root: string, value: unknown): Json {
  try {
    return toStorable(value);
  } catch (error) {
    if (error instanceof UnstorableError) {
      throw new CommandError('BAD_INPUT', `${root}: ${error.message}`);
    }
    throw error;
  }
}
