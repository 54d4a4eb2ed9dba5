import type { SagaShape } from '@counterstep/saga-core/definition';
import type { Instance, JournalEntry, LoggedEvent, PostedLetter } from '../memory/index.ts';

/** A promise that was not kept. */
export interface Violation {
  readonly invariant: string;
  readonly sagaId: string;
  readonly detail: string;
}

/** All that is known of one saga. */
export interface SagaEvidence {
  readonly definition: SagaShape;
  readonly instance: Instance;
  readonly log: readonly LoggedEvent[];
  /** Calls of this saga, in order. */
  readonly calls: readonly JournalEntry[];
  readonly mail: readonly PostedLetter[];
  readonly isReady: boolean;
}

/** Looks at one saga; says what is wrong, one sentence each. */
export type Invariant = (evidence: SagaEvidence) => readonly string[];
