/** A command that cannot be carried out; nothing was changed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /**
   * NOT_FOUND: no such saga. CONFLICT: it has moved on. NOT_ALLOWED: not in its present state.
   * BAD_INPUT: the corrected input does not fit the saga.
   */
  readonly code: 'NOT_FOUND' | 'CONFLICT' | 'NOT_ALLOWED' | 'BAD_INPUT';

  constructor(code: CommandError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export const notFound = (sagaId: string): CommandError =>
  new CommandError('NOT_FOUND', `There is no saga ${sagaId}; check the id.`);
