export { type AuditOptions, runAudit } from './run.ts';
export type { AuditReport, InvariantResult, Violation } from './types.ts';
