import {
  evolve,
  initialState,
  type RecordedEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';

/** What a log says: the state that its events make, and the messages that they were taken from. */
export interface LogState {
  readonly state: SagaState;
  readonly seen: ReadonlySet<string>;
}

export function logState(log: readonly RecordedEvent[]): LogState {
  return {
    state: log.reduce<SagaState>(evolve, initialState),
    seen: new Set(log.flatMap(({ messageId }) => messageId ?? [])),
  };
}
