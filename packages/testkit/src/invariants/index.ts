export { checkInvariants, invariants } from './check.ts';
export type { Invariant, SagaEvidence, Violation } from './violation.ts';
