import type { LetterContent, ServiceAnswer, ServiceCall } from '../memory/index.ts';

/** What surrounds a saga while it is explored. */
export interface World {
  /** What the services say to each operation; by default they carry it out and return null. */
  readonly answer?: (call: ServiceCall) => ServiceAnswer;
  /** What is asked of the saga, and when, in virtual ms from its acceptance. */
  readonly letters?: readonly (LetterContent & { readonly afterMs: number })[];
}
