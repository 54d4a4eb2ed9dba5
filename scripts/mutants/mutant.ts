/** One way to break the protocol, and the tests that must notice. */
export interface Mutant {
  /** What is broken, as a sentence. */
  readonly breaks: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Which tests notice: those of one project under these paths. */
  readonly project: 'unit' | 'integration';
  readonly tests: readonly string[];
}
