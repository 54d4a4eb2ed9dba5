import { createOrchestrator, type SagaStore, systemTime } from '@counterstep/saga-core/engine';
import { placeOrderSaga } from '@counterstep/services/place-order';
import { DatabaseClock } from '../../../../apps/worker/src/database-clock.ts';
import { instantParticipants } from './instant.ts';

const limitMs = 300_000;

/** Lets the engine drive so many sagas of a store to their ends, in this process, and stops it. */
export async function drive(store: SagaStore, sagas: number): Promise<void> {
  let ended = 0;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`${ended} of ${sagas} sagas have ended.`));
    const callOff = systemTime.after(limitMs, fail);
    finish = () => {
      callOff();
      resolve();
    };
  });
  const counting: SagaStore = {
    ...store,
    async write(writes) {
      const results = await store.write(writes);
      const isEnd = (index: number) =>
        writes[index]?.state.phase.status === 'completed' && results[index]?.kind === 'written';
      ended += writes.filter((_, index) => isEnd(index)).length;
      if (ended === sagas) finish();
      return results;
    },
  };
  const orchestrator = createOrchestrator({
    definitions: [placeOrderSaga],
    store: counting,
    participants: instantParticipants(),
    clock: new DatabaseClock(),
    actor: 'w-bench',
    onError: (error) => {
      throw error;
    },
  });
  await orchestrator.start();
  await finished;
  await orchestrator.stop();
}
