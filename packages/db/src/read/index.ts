export {
  countDeadLetters,
  type DeadLetter,
  type DeadLetterFilter,
  listDeadLetters,
} from '../bus/dead-letters.ts';
export { actionNames } from './actions.ts';
export { getSaga, hasSaga, readEvents, readLogGeneration, readRetiredAt } from './saga.ts';
export { listCauses } from './causes.ts';
export { countSagas } from './counts.ts';
export { findsMoreThan, listSagas } from './list.ts';
export { getSummaries } from './sagas.ts';
export { waitingReason } from '../versions/waiting.ts';
export { readShapes, shapeOf, type StepShape } from './shape.ts';
export {
  type ActionName,
  type CompensationStatus,
  type LogEvent,
  type SagaCounts,
  type SagaDetail,
  type SagaFilter,
  sagaOrders,
  type SagaPage,
  type SagaSummary,
  sagaViews,
  type StepCell,
  type StepDetail,
  type StepStatus,
  type StuckCause,
} from './types.ts';
export { type DueSagas, readDue } from './due.ts';
export { listWorkers, type WorkerInfo } from './workers.ts';
