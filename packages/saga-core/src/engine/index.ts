export { type Batcher, type BatcherOptions, createBatcher, type Linger } from './batcher.ts';
export type { Participants } from './call.ts';
export { type Alarm, createAlarm, type Lifecycle } from './lifecycle.ts';
export { createOrchestrator, type Orchestrator, type OrchestratorOptions } from './orchestrator.ts';
export type {
  AttributedEvent,
  Begin,
  ClaimedSaga,
  Clock,
  FirstWrite,
  Letter,
  Release,
  SagaStore,
  SagaWrite,
  WriteResult,
} from './ports.ts';
export { sleep, systemTime } from './system-time.ts';
