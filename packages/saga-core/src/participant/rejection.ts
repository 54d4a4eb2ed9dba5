import type { Json } from './json.ts';

/** Thrown by a plain step function to say a business "no": no retry, the saga turns back. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  /** Stable, upper case: `CARD_DECLINED`. */
  readonly code: string;
  readonly details: Json | undefined;

  constructor(code: string, message: string, details?: Json) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
