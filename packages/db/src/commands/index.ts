export {
  type BulkAct,
  bulkActions,
  type BulkResult,
  type BulkTarget,
  operateMany,
} from './bulk.ts';
export { type BulkPreview, type BulkQuestion, previewMany } from './preview-bulk.ts';
export { CommandError } from './errors.ts';
export {
  type Ask,
  choreographyMail,
  requestCancel,
  requestPause,
  requestResume,
} from './letters.ts';
export { operate, type Operation } from './operate.ts';
export {
  type Preview,
  type PreviewAction,
  previewAction,
  previewTakeOver,
  type PreviewedCommand,
} from './preview.ts';
export { type Redrive, redriveDeadLetters, type Redriven } from './redrive.ts';
export { type TakeOver, takeOver } from './take-over.ts';
export { type Signal, sendSignal } from './signal.ts';
export { type StartedSaga, type StartRequest, startSaga } from './start.ts';
