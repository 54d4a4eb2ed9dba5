export {
  countDeadLetters,
  type DeadLetter,
  type DeadLetterFilter,
  listDeadLetters,
} from '../bus/dead-letters.ts';
export { actionNames } from './actions.ts';
export { getSaga, readEvents, readLogGeneration } from './saga.ts';
export { countSagas, getSummaries, listSagas } from './sagas.ts';
export { waitingReason } from '../versions/waiting.ts';
export { readShapes, shapeOf, type StepShape } from './shape.ts';
export type {
  ActionName,
  CompensationStatus,
  LogEvent,
  SagaDetail,
  SagaFilter,
  SagaSummary,
  StepCell,
  StepDetail,
  StepStatus,
} from './types.ts';
export { listWorkers, type WorkerInfo } from './workers.ts';
