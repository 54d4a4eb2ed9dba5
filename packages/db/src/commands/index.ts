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
  type PreviewedCommand,
} from './preview.ts';
export { type Signal, sendSignal } from './signal.ts';
export { type StartedSaga, type StartRequest, startSaga } from './start.ts';
