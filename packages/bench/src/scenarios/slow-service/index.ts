import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startSaga } from '@counterstep/db/commands';
import { clearFaults, setFault } from '@counterstep/db/faults';
import { uuidV7 } from '@counterstep/db/store';
import type { Site } from '../../site.ts';
import { median, quantile } from '../../statistics.ts';
import { happyOrders, type OrderKind, plentifulProducts } from '../orders.ts';
import { atPace } from '../pace.ts';
import { runOrders, runOrdersAtPace } from '../run-orders.ts';
import type { Bench, Figure, Scenario } from '../scenario.ts';
import { fastSaga } from './fast-saga.ts';

/** Sagas of the fast type, one after another. */
const fastPerSecond = 50;
const pollMs = 20;
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
    const seen = new Map<Beside, Seen[]>(besides.map((beside) => [beside, []]));
    for (let round = 1 - warmUps; round <= rounds; round += 1) {
      for (const beside of besides) {
        const one = await fastBeside(bench, site, { kind, perSecond }, beside);
        if (round >= 1) seen.get(beside)?.push(one);
      }
    }
    return [...pacesOf(seen, perSecond), ...figuresOf(seen, bench.size.slowSagas)];
  },
};

interface Orders {
  readonly kind: OrderKind;
  readonly perSecond: number;
}

/** What one round has shown of the fast type beside something. */
interface Seen {
  /** ms from acceptance to end of each. */
  readonly latencies: readonly number[];
  /** Fast sagas per second that were really started. */
  readonly started: number;
  /** Orders per second that were really accepted; undefined when they came in at once, or not at all. */
  readonly placed: number | undefined;
}

/** Fast sagas while orders come in steadily, or have all come in at once. */
async function fastBeside(
  { size, say }: Bench,
  site: Site,
  { kind, perSecond }: Orders,
  beside: Beside,
): Promise<Seen> {
  if (beside === 'slow orders' || beside === 'a slow burst') {
    await setFault(site.saga, {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'delay',
      delayMs: slowMs,
    });
  }
  async function runBeside(): Promise<number | undefined> {
    if (beside === 'nothing') return undefined;
    if (beside === 'orders' || beside === 'slow orders') {
      const during = Math.ceil((perSecond * size.fastSagas) / fastPerSecond);
      return runOrdersAtPace(site, { kind, count: during }, perSecond);
    }
    await runOrders(site, { kind, count: size.slowSagas });
    return undefined;
  }
  const [fast, placed] = await Promise.all([runFast(site, size.fastSagas), runBeside()]);
  await clearFaults(site.saga);
  const [p50, p99] = [quantile(fast.latencies, 0.5), quantile(fast.latencies, 0.99)];
  say(`  beside ${beside.padEnd(12)} p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`);
  return { ...fast, placed };
}

/** Starts them at a steady pace, whatever has become of those before. */
async function runFast({ saga }: Site, count: number): Promise<Omit<Seen, 'placed'>> {
  const correlationId = uuidV7();
  const starts: Promise<unknown>[] = [];
  const started = await atPace({ count, perSecond: fastPerSecond, atOnce: 1 }, (n) => {
    const start = startSaga(saga, fastSaga, { input: { n }, correlationId, actor: 'bench' });
    // Awaited with all others; a failure until then is no unhandled rejection.
    start.catch(() => undefined);
    starts.push(start);
  });
  await Promise.all(starts);
  for (const startedMs = performance.now(); performance.now() - startedMs < deadlineMs;) {
    const rows = await saga.query<{ status: string; ms: number }>(
      `select status, (extract(epoch from finished_at - created_at) * 1000)::float8 as ms
         from saga.instance where correlation_id = $1 and finished_at is not null`,
      [correlationId],
    );
    const wrong = rows.find(({ status }) => status !== 'completed');
    if (wrong) throw new Error(`A fast saga ended ${wrong.status}.`);
    if (rows.length === count) return { started, latencies: rows.map(({ ms }) => ms) };
    await delay(pollMs);
  }
  throw new Error(`The fast sagas did not end within ${deadlineMs} ms.`);
}

/** What was asked for, and what has come of it. */
function pacesOf(seen: ReadonlyMap<Beside, readonly Seen[]>, perSecond: number): readonly Figure[] {
  const placed = (beside: Beside) =>
    median((seen.get(beside) ?? []).flatMap((one) => one.placed ?? []));
  const started = median([...seen.values()].flat().map((one) => one.started));
  const unit = 'sagas/s';
  return [
    { what: 'orders beside, asked for', value: perSecond, unit },
    { what: 'orders beside, placed', value: placed('orders'), unit, digits: 1 },
    { what: 'slow orders beside, placed', value: placed('slow orders'), unit, digits: 1 },
    { what: 'fast type, asked for', value: fastPerSecond, unit },
    { what: 'fast type, started', value: started, unit, digits: 1 },
  ];
}

function figuresOf(seen: ReadonlyMap<Beside, readonly Seen[]>, burst: number): readonly Figure[] {
  return (['p50', 'p99'] as const).flatMap((name) => {
    const q = name === 'p50' ? 0.5 : 0.99;
    const of = (beside: Beside) =>
      median((seen.get(beside) ?? []).map(({ latencies }) => quantile(latencies, q)));
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
