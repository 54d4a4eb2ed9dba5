import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startSaga } from '@counterstep/db/commands';
import { clearFaults, setFault } from '@counterstep/db/faults';
import { uuidV7 } from '@counterstep/db/store';
import type { Site } from '../../site.ts';
import { median, quantile } from '../../statistics.ts';
import { happyOrders, type OrderKind, plentifulProducts } from '../orders.ts';
import { runOrders } from '../run-orders.ts';
import type { Bench, Figure, Scenario } from '../scenario.ts';
import { fastSaga } from './fast-saga.ts';

/** Sagas of the fast type, one after another at this distance. */
const everyMs = 20;
const slowMs = 500;
const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));

type Beside = 'nothing' | 'orders' | 'slow orders';

export const slowService: Scenario = {
  name: 'slow-service',
  does: `payments take ${slowMs} ms; another type of saga, which pays nothing, runs beside`,
  async run(bench) {
    const site = await bench.openSite(worker);
    await site.forkWorker();
    const kind = happyOrders(await plentifulProducts(site));
    const seen: Record<Beside, number[][]> = { nothing: [], orders: [], 'slow orders': [] };
    for (let round = 1 - bench.size.warmUps; round <= bench.size.rounds; round += 1) {
      for (const beside of Object.keys(seen) as Beside[]) {
        const latencies = await fastBeside(bench, site, kind, beside);
        if (round >= 1) seen[beside].push(latencies);
      }
    }
    return figuresOf(seen);
  },
};

/** Latencies of fast sagas while so many orders, accepted at once, are under way. */
async function fastBeside(
  { size, say }: Bench,
  site: Site,
  kind: OrderKind,
  beside: Beside,
): Promise<number[]> {
  if (beside === 'slow orders') {
    await setFault(site.saga, {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'delay',
      delayMs: slowMs,
    });
  }
  const orders =
    beside === 'nothing' ? Promise.resolve() : runOrders(site, { count: size.slowSagas, kind });
  const fast = await runFast(site, size.fastSagas);
  await orders;
  await clearFaults(site.saga);
  const [p50, p99] = [quantile(fast, 0.5), quantile(fast, 0.99)];
  say(`  beside ${beside.padEnd(12)} p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`);
  return fast;
}

/** Starts them at a steady pace, whatever has become of those before; ms from acceptance to end of each. */
async function runFast({ saga }: Site, count: number): Promise<number[]> {
  const correlationId = uuidV7();
  const starts: Promise<unknown>[] = [];
  for (let n = 0; n < count; n += 1) {
    starts.push(startSaga(saga, fastSaga, { input: { n }, correlationId, actor: 'bench' }));
    await delay(everyMs);
  }
  await Promise.all(starts);
  for (;;) {
    const rows = await saga.query<{ status: string; ms: number }>(
      `select status, (extract(epoch from finished_at - created_at) * 1000)::float8 as ms
         from saga.instance where correlation_id = $1 and finished_at is not null`,
      [correlationId],
    );
    const wrong = rows.find(({ status }) => status !== 'completed');
    if (wrong) throw new Error(`A fast saga ended ${wrong.status}.`);
    if (rows.length === count) return rows.map(({ ms }) => ms);
    await delay(everyMs);
  }
}

function figuresOf(seen: Readonly<Record<Beside, readonly number[][]>>): readonly Figure[] {
  const typical = (beside: Beside, q: number) =>
    median(seen[beside].map((latencies) => quantile(latencies, q)));
  return [
    ['p50', 0.5],
    ['p99', 0.99],
  ].flatMap(([name, q]) => {
    const of = (beside: Beside) => typical(beside, Number(q));
    const happy = of('orders');
    return [
      { what: `fast type ${name}, alone`, value: of('nothing'), unit: 'ms', digits: 1 },
      { what: `fast type ${name}, beside orders`, value: happy, unit: 'ms', digits: 1, happy },
      {
        what: `fast type ${name}, beside slow orders`,
        value: of('slow orders'),
        unit: 'ms',
        digits: 1,
        happy,
      },
    ];
  });
}
