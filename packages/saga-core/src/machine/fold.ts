/**
 * What folds a log, and nothing else: the rest of the machine makes commands and needs Node for their
 * hashes; this also runs in a browser.
 */
export type { SagaEvent } from './event.ts';
export { evolve } from './evolve.ts';
export {
  type Forward,
  initialState,
  type SagaState,
  type StepState,
  stepStateOf,
} from './state.ts';
