export type { SagaFacts } from './facts.ts';
export { readFacts } from './read.ts';
export { type AuditOptions, runAudit } from './run.ts';
export type { AuditReport, InvariantResult, Violation } from './types.ts';
