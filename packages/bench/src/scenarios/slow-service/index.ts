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
const deadlineMs = 300_000;
const slowMs = 500;
const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Of what the machine has just shown that it can do: below its limit nobody waits for a turn. */
const share = 0.5;

const besides = ['nothing', 'orders', 'slow orders', 'a burst', 'a slow burst'] as const;
type Beside = (typeof besides)[number];

export const slowService: Scenario = {
  name: 'slow-service',
  does: `payments take ${slowMs} ms; another type of saga, which pays nothing, runs beside`,
  async run(bench) {
    const site = await bench.openSite(worker);
    await site.forkWorker();
    const kind = happyOrders(await plentifulProducts(site));
    const { count, warmUps, rounds } = bench.size;
    const rate = await runOrders(site, { count, kind });
    const perSecond = Math.max(1, Math.floor(rate * share));
    const seen = new Map<Beside, number[][]>(besides.map((beside) => [beside, []]));
    for (let round = 1 - warmUps; round <= rounds; round += 1) {
      for (const beside of besides) {
        const latencies = await fastBeside(bench, site, { kind, perSecond }, beside);
        if (round >= 1) seen.get(beside)?.push(latencies);
      }
    }
    return [
      { what: 'orders beside', value: perSecond, unit: 'sagas/s' },
      ...figuresOf(seen, bench.size.slowSagas),
    ];
  },
};

interface Pace {
  readonly kind: OrderKind;
  readonly perSecond: number;
}

/** Latencies of fast sagas while orders come in steadily, or have all come in at once. */
async function fastBeside(
  { size, say }: Bench,
  site: Site,
  { kind, perSecond }: Pace,
  beside: Beside,
): Promise<number[]> {
  if (beside === 'slow orders' || beside === 'a slow burst') {
    await setFault(site.saga, {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'delay',
      delayMs: slowMs,
    });
  }
  const isSteady = beside === 'orders' || beside === 'slow orders';
  const during = Math.ceil((perSecond * size.fastSagas * everyMs) / 1_000);
  const launch = isSteady ? { kind, count: during, perSecond } : { kind, count: size.slowSagas };
  const orders = beside === 'nothing' ? Promise.resolve() : runOrders(site, launch);
  const [fast] = await Promise.all([runFast(site, size.fastSagas), orders]);
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
  for (const startedMs = performance.now(); performance.now() - startedMs < deadlineMs;) {
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
  throw new Error(`The fast sagas did not end within ${deadlineMs} ms.`);
}

function figuresOf(
  seen: ReadonlyMap<Beside, readonly number[][]>,
  burst: number,
): readonly Figure[] {
  return (['p50', 'p99'] as const).flatMap((name) => {
    const q = name === 'p50' ? 0.5 : 0.99;
    const of = (beside: Beside) =>
      median((seen.get(beside) ?? []).map((latencies) => quantile(latencies, q)));
    const figure = (what: string, beside: Beside, happy?: number): Figure => ({
      what: `fast type ${name}, ${what}`,
      value: of(beside),
      unit: 'ms',
      digits: 1,
      ...(happy !== undefined && { happy }),
    });
    return [
      figure('alone', 'nothing'),
      figure('beside orders', 'orders', of('orders')),
      figure('beside slow orders', 'slow orders', of('orders')),
      figure(`beside ${burst} orders at once`, 'a burst', of('a burst')),
      figure(`beside ${burst} slow orders at once`, 'a slow burst', of('a burst')),
    ];
  });
}
