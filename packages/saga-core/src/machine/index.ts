export { signalTimeout } from './attempt.ts';
export type { Action, Due } from './due.ts';
export type {
  EventOf,
  OperatorAction,
  RecordedEvent,
  SagaEvent,
  SagaEventType,
  Stall,
  StallVerdict,
  Style,
  TurnReason,
} from './event.ts';
export { evolve } from './evolve.ts';
export { isLeaderless, refusalOf, takeOverRefusal } from './legal.ts';
export { plan } from './plan.ts';
export { reconcile } from './reconcile.ts';
export { type Moment, settle, settleClose } from './settle.ts';
export {
  type Backward,
  type Forward,
  hasNoEffect,
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
  type Waiting,
} from './state.ts';
export { legalMoves, type Move, movesBetween } from './transitions.ts';
export { takeTurn, type Turn } from './turn.ts';
