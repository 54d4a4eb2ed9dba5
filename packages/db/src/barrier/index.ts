export { closeEffect } from './close.ts';
export { InjectedRollback } from './batch.ts';
export {
  type AnyOperation,
  applied,
  type Call,
  type Decision,
  type Operation,
  rejected,
} from './operation.ts';
export { type FenceRequest, fenceSagas, readSagaEffects } from './epoch.ts';
export { RaceLostError, type InReaction, type RunOptions } from './prepared.ts';
export { runOperation } from './run-operation.ts';
export { createParticipant, type ServiceParticipant } from './participant.ts';
