import { randomUUID } from 'node:crypto';
import { defineSaga } from '@counterstep/saga-core/definition';
import type { ClaimedSaga, SagaWrite } from '@counterstep/saga-core/engine';
import {
  evolve,
  initialState,
  type SagaEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { z } from 'zod';
import { acceptSagas } from '../src/store/index.ts';
import type { Pool } from '../src/tx/index.ts';

/** A saga of plain functions: the store neither knows nor cares what its steps do. */
export const trip = defineSaga({ name: 'trip', version: 1, input: z.object({ city: z.string() }) })
  .step('hotel', { run: () => Promise.resolve('room'), undo: () => Promise.resolve() })
  .pivot('pay', { run: () => Promise.resolve('paid') })
  .build();

export async function acceptTrips(pool: Pool, count: number): Promise<string[]> {
  const sagas = Array.from({ length: count }, () => ({
    sagaId: randomUUID(),
    input: { city: 'Lisbon' },
    actor: 'test',
  }));
  return pool.transaction((tx) => acceptSagas(tx, trip, 'orchestration', sagas));
}

/** The write that follows some events on what was claimed. */
export function writeOf(
  saga: ClaimedSaga,
  events: readonly SagaEvent[],
  rest: Partial<SagaWrite> = {},
): SagaWrite {
  const before: SagaState = { ...initialState, seq: saga.seq, input: saga.input };
  return {
    sagaId: saga.sagaId,
    fence: saga.fence,
    baseSeq: saga.seq,
    events: events.map((event) => ({ ...event, actor: 'w-test' })),
    state: events.reduce<SagaState>(evolve, before),
    mailRead: saga.mailRead,
    needsMailRead: false,
    ...rest,
  };
}

export const dispatched: SagaEvent = {
  type: 'StepDispatched',
  step: 'hotel',
  attempt: 1,
  data: { operation: 'hotel', generation: 1, request: null },
};

export const pivotIntent: SagaEvent = {
  type: 'StepDispatched',
  step: 'pay',
  attempt: 1,
  data: { operation: 'pay', generation: 1, request: null },
};
