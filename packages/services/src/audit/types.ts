import type { SagaFacts } from './facts.ts';

/** What an invariant says of one saga. */
export interface Verdict {
  /** Rows looked at. */
  readonly rows: number;
  /** One sentence for each way in which it is broken; empty when it holds. */
  readonly broken: readonly string[];
  /** Not judged yet: the saga is still moving and the invariant speaks of its end. */
  readonly inFlight?: boolean;
}

/** A rule about one saga's rows in all services. Pure. */
export interface SagaInvariant {
  readonly name: string;
  readonly description: string;
  check(facts: SagaFacts): Verdict;
}

export interface Violation {
  readonly sagaId?: string;
  readonly detail: string;
}

export interface InvariantResult {
  readonly name: string;
  readonly description: string;
  readonly rowsChecked: number;
  /** Seen broken twice; of very many, the first. */
  readonly violations: readonly Violation[];
  /** Broken beyond those, or so many that they were not looked at twice; above 0, it does not hold. */
  readonly unlisted: number;
  /** Sagas that could not be judged, because they were moving. */
  readonly inFlight: number;
}

export interface AuditReport {
  /** ISO 8601: when the reading began. */
  readonly checkedAt: string;
  readonly tookMs: number;
  readonly invariants: readonly InvariantResult[];
}

/** For an invariant that does not speak of this saga. */
export const notConcerned: Verdict = { rows: 0, broken: [] };

/** For an invariant about the end of a saga that has not ended. */
export const stillMoving: Verdict = { rows: 0, broken: [], inFlight: true };

/** The sentences whose condition is met. */
export function sentences(...cases: readonly (readonly [boolean, string])[]): string[] {
  return cases.filter(([isBroken]) => isBroken).map(([, sentence]) => sentence);
}
