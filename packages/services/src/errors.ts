/** A request that cannot be met as it is. The message says what to change; nothing was stored. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: 'UNKNOWN_SKU' | 'INVALID_QUANTITY' | 'KEY_REUSED';

  constructor(code: RequestError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
