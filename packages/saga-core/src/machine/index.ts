export type {
  OperatorAction,
  RecordedEvent,
  SagaEvent,
  SagaEventType,
  Style,
  TurnReason,
} from './event.ts';
export { evolve } from './evolve.ts';
export { type Due, plan } from './plan.ts';
export { type Moment, settle, settleClose } from './settle.ts';
export {
  type Backward,
  type Forward,
  initialState,
  isTerminal,
  type Phase,
  resultsOf,
  type SagaState,
  type SagaStatus,
  sagaStatuses,
  type StepState,
  stepStateOf,
  terminalStatuses,
  untouchedStep,
} from './state.ts';
export { takeTurn, type Turn } from './turn.ts';
