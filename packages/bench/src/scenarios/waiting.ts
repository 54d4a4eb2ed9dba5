import { setTimeout as delay } from 'node:timers/promises';
import { sendSignal, startSaga } from '@counterstep/db/commands';
import type { SagaDefinition } from '@counterstep/saga-core/definition';
import { sagas } from '@counterstep/services/sagas';
import type { Site } from '../site.ts';
import { copySagas, waitingSagas } from './copies/index.ts';
import { interleave } from './interleave.ts';
import { happyOrders, plentifulProducts } from './orders.ts';
import { runOrders } from './run-orders.ts';
import type { Scenario } from './scenario.ts';

export const waiting: Scenario = {
  name: 'waiting',
  does: 'sagas that wait for a signal, each with a time limit, beside the orders',
  async run(bench) {
    const { count, originals, waiting: wanted } = bench.size;
    const none = await bench.openSite();
    const many = await bench.openSite();
    await many.forkWorker();
    await startTrips(many, originals);
    await many.endWorkers();
    const waits = await copySagas(many, waitingSagas, wanted);
    bench.say(`  ${waits} sagas wait`);
    await Promise.all([none.forkWorker(), many.forkWorker()]);
    const kind = happyOrders(await plentifulProducts(none));
    const rates = await interleave(bench, {
      'none waiting': () => runOrders(none, { count, kind }),
      'many waiting': () => runOrders(many, { count, kind }),
    });
    await approveSome(many);
    return [
      {
        what: `rate beside ${waits} waiting sagas`,
        value: rates['many waiting'],
        unit: 'sagas/s',
        happy: rates['none waiting'],
      },
    ];
  },
};

const atOnce = 16;
const approvals = 5;
const pollMs = 50;
const deadlineMs = 120_000;

/** Business trips, until each waits for its approval. */
async function startTrips(site: Site, count: number): Promise<void> {
  const trip = sagas.latest('trip');
  if (!trip) throw new Error('There is no saga called trip.');
  const input = (n: number) => ({
    tripId: `trip-${n}`,
    traveller: 'ann',
    city: 'Porto',
    nights: 3,
    budget: 900_000,
  });
  const ids: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let n = next++; n < count; n = next++) {
        // Its own schema checks the input before anything else sees it.
        const { sagaId } = await startSaga(site.saga, trip as SagaDefinition, {
          input: input(n),
          actor: 'bench',
        });
        ids.push(sagaId);
      }
    }),
  );
  await until(
    site,
    `id = any($1::uuid[]) and owner is null and summary -> 'signals' is not null`,
    ids,
  );
}

/** Copies are alive as their originals are: what they wait for lets them go on, to their end. */
async function approveSome(site: Site): Promise<void> {
  const chosen = await site.saga.query<{ id: string }>(
    `select id from saga.instance where summary -> 'signals' is not null order by id desc limit $1`,
    [approvals],
  );
  for (const { id } of chosen) {
    await sendSignal(site.saga, sagas.find, {
      sagaId: id,
      signal: 'approval',
      payload: { approvedBy: 'bea', approved: true },
      actor: 'bench',
    });
  }
  const ids = chosen.map(({ id }) => id);
  await until(site, `id = any($1::uuid[]) and status = 'completed'`, ids);
}

/** Until so many of these sagas are in that state. */
async function until({ saga }: Site, state: string, ids: readonly string[]): Promise<void> {
  for (const startedMs = performance.now(); performance.now() - startedMs < deadlineMs;) {
    const [row] = await saga.query<{ count: number }>(
      `select count(*)::int as count from saga.instance where ${state}`,
      [ids],
    );
    if (row?.count === ids.length) return;
    await delay(pollMs);
  }
  throw new Error(`Not all of ${ids.length} trips got there within ${deadlineMs} ms.`);
}
