import { acceptSagas, uuidV7 } from '@counterstep/db/store';
import { createPool } from '@counterstep/db/tx';
import { createNotifier } from '@counterstep/db/wake';
import { defineSaga } from '@counterstep/saga-core/definition';
import { createBatcher } from '@counterstep/saga-core/engine';
import { z } from 'zod';
import { createWorker } from '../../../../apps/worker/src/worker.ts';
import type { RawOrder } from '../order-statements.ts';
import { serve } from '../process/serve.ts';

const input = z.object({
  orderId: z.string(),
  sagaId: z.string(),
  skus: z.array(z.string()).readonly(),
});

const acceptMax = 200;
/** Looked for more rarely when many are waited for: their ends then come by the hundred. */
const pollMs = (waiting: number): number => Math.max(5, waiting / 5);

// Counterstep with ordinary async functions as steps: they run the raw loop's own statements, one order
// each. What is left of the engine is its log, its batched writes and its claims.
await serve(async ({ url, steps: [create, reserve, charge, ship, confirm] }) => {
  const step = (one: typeof create) => ({
    run: async ({ input: order }: { input: RawOrder }) => {
      await one?.run(order);
      return null;
    },
  });
  const undo = () => Promise.reject(new Error('No order of the benchmark walks back.'));
  const definition = defineSaga({ name: 'raw-order', version: 1, input, keys: () => ({}) })
    .step('create', { ...step(create), undo })
    .step('reserve', { ...step(reserve), undo })
    .step('charge', { ...step(charge), undo })
    .pivot('ship', step(ship))
    .retriable('confirm', step(confirm))
    .build();
  const worker = createWorker({ main: url }, [definition]);
  await worker.start();
  const saga = createPool({
    url,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: 'bench single',
    size: 4,
  });
  const notifier = createNotifier(saga);
  const accept = createBatcher<RawOrder, string>({
    async run(orders) {
      const sagas = orders.map((order) => ({ sagaId: uuidV7(), input: order, actor: 'bench' }));
      await saga.transaction((tx) => acceptSagas(tx, definition, 'orchestration', sagas));
      notifier.notify('ready');
      return sagas.map(({ sagaId }) => sagaId);
    },
    sizeMax: acceptMax,
    inFlightMax: 2,
  });
  const ended = watchEnds((ids) =>
    saga.query<{ id: string; status: string }>(
      `select id, status from saga.instance where id = any($1::uuid[]) and finished_at is not null`,
      [ids],
    ),
  );
  return {
    async place(order) {
      await ended(await accept.add(order));
    },
  };
});

type Find = (ids: readonly string[]) => Promise<readonly { id: string; status: string }[]>;

/** Waits for the ends of many sagas with one query. */
function watchEnds(find: Find): (sagaId: string) => Promise<void> {
  const waiting = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  let isLooking = false;
  async function look(): Promise<void> {
    isLooking = true;
    while (waiting.size > 0) {
      for (const { id, status } of await find([...waiting.keys()])) {
        const one = waiting.get(id);
        waiting.delete(id);
        if (status === 'completed') one?.resolve();
        else one?.reject(new Error(`Order ${id} ended ${status}.`));
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs(waiting.size)));
    }
    isLooking = false;
  }
  return (sagaId) =>
    new Promise((resolve, reject) => {
      waiting.set(sagaId, { resolve, reject });
      if (!isLooking) look().catch(reject);
    });
}
