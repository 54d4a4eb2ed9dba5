import { defineSaga } from '@counterstep/saga-core/definition';
import type { ClaimedSaga, FirstWrite, SagaStore, SagaWrite } from '@counterstep/saga-core/engine';
import {
  evolve,
  initialState,
  type RecordedEvent,
  type SagaEvent,
  type SagaState,
  type SagaStatus,
} from '@counterstep/saga-core/machine';
import { z } from 'zod';
import type { LetterContent } from '../memory/index.ts';

/** A saga as it is stored. */
export interface StoredSaga {
  readonly status: SagaStatus;
  readonly seq: number;
  readonly fence: bigint;
  readonly owner: string | null;
  readonly paused: boolean;
  /** When it may be claimed, ISO 8601; null: it is not waiting for that. */
  readonly runAt: string | null;
  readonly log: readonly RecordedEvent[];
}

/** One implementation of the store, empty, with what surrounds a store. */
export interface StoreHarness {
  /** The store of a worker. Worker ids are uuids. */
  store(workerId: string): SagaStore;
  /** Accepts sagas of a definition, due at once; returns their ids. */
  accept(definition: typeof contractSaga, count: number): Promise<string[]>;
  sendLetter(sagaId: string, letter: LetterContent): Promise<void>;
  /** Declares a worker dead. */
  reap(workerId: string): Promise<void>;
  read(sagaId: string): Promise<StoredSaga>;
  /** Lets so much time pass for the store, however it does that. */
  passes(ms: number): Promise<void>;
  /** ISO 8601, by the store's clock. */
  now(): Promise<string>;
  close(): Promise<void>;
}

const header = { name: 'contract', version: 1, input: z.object({ city: z.string() }) };
const work = { run: () => Promise.resolve(null) };

/** The saga that stores are tried with: they neither know nor care what its steps do. */
export const contractSaga = defineSaga(header)
  .step('hotel', { ...work, undo: () => Promise.resolve(null) })
  .waitFor('approval', { schema: z.unknown() })
  .pivot('pay', work)
  .build();

export const contractSagaWithDeadline = {
  ...contractSaga,
  name: 'contract-deadline',
  deadlineMs: 60_000,
};

export const contractInput = { city: 'Lisbon' };

/** The write that follows some events on what was claimed. */
export function writeOf(
  saga: ClaimedSaga,
  events: readonly SagaEvent[],
  rest: Partial<SagaWrite> = {},
): SagaWrite {
  const claimed: SagaState = { ...initialState, seq: saga.seq, input: saga.input };
  const before = saga.log ? saga.log.reduce<SagaState>(evolve, initialState) : claimed;
  return {
    sagaId: saga.sagaId,
    fence: saga.fence,
    baseSeq: saga.seq,
    events: events.map((event) => ({ ...event, actor: 'contract' })),
    state: events.reduce<SagaState>(evolve, before),
    mailRead: saga.mailRead,
    needsMailRead: false,
    ...rest,
  };
}

/** The first write of a saga that is about to be claimed. */
export function firstOf(saga: ClaimedSaga, request: string | null = null): FirstWrite {
  return writeOf(saga, [intent('hotel', request)]);
}

export const intent = (step: string, request: string | null = null): SagaEvent => ({
  type: 'StepDispatched',
  step,
  attempt: 1,
  data: { operation: step, generation: 1, request },
});

export const success = (step: string): SagaEvent => ({
  type: 'StepSucceeded',
  step,
  attempt: 1,
  data: { output: { step }, duplicate: false },
});
