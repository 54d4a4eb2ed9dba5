/** A sentence for the user; it says what to change, and no stack trace helps with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
