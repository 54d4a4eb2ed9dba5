import { platform } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { getBatch, launchBatch } from '@counterstep/db/batches';
import type { Site } from '../../site.ts';
import { happyOrders, plentifulProducts } from '../orders.ts';
import { startProduct } from '../product.ts';
import { runOrders } from '../run-orders.ts';
import type { Figure, Scenario } from '../scenario.ts';
import { openViewer } from '../viewers/stream.ts';
import { type Course, growthOf, serving, watchMemory } from './resident.ts';

/** Of what the machine has just shown that it can do: under steady load, and not at its limit. */
const share = 0.5;
const viewers = 5;
const pollMs = 500;
/** For what is still under way when the last order has been placed. */
const graceMs = 300_000;

export const memory: Scenario = {
  name: 'memory',
  does: 'resident memory of the built worker and dashboard, at rest and under steady load',
  missing: () => (platform() === 'linux' ? undefined : 'it reads /proc, which only Linux has.'),
  async run({ openSite, stack, size, say }) {
    const site = await openSite();
    const product = await startProduct(stack, site);
    try {
      const pids = { worker: serving(product.worker.pid), dashboard: serving(product.web.pid) };
      const rest = await watchMemory(pids, delay(size.restSeconds * 1_000));
      const kind = happyOrders(await plentifulProducts(site));
      const rate = await runOrders(site, { count: size.count, kind });
      const perSecond = Math.max(1, Math.floor(rate * share));
      say(`  ${perSecond} orders a second, ${viewers} viewers`);
      const open = Array.from({ length: viewers }, () => openViewer(product.url, { feed: {} }));
      const tabs = await Promise.all(open);
      const steady = runSteadily(site, perSecond, size.loadMinutes);
      const load = await watchMemory(pids, steady);
      await Promise.all(tabs.map((tab) => tab.close()));
      return [
        { what: 'steady load, asked for', value: perSecond, unit: 'sagas/s' },
        { what: 'steady load, placed', value: await steady, unit: 'sagas/s', digits: 1 },
        ...figuresOf('worker', rest.worker, load.worker),
        ...figuresOf('dashboard', rest.dashboard, load.dashboard),
      ];
    } finally {
      await product.stop();
    }
  },
};

/**
 * Workers place the orders at that rate themselves. Resolves when the last saga has ended.
 *
 * @returns orders per second that were really placed
 */
async function runSteadily({ saga }: Site, perSecond: number, minutes: number): Promise<number> {
  const count = Math.ceil(perSecond * minutes * 60);
  const launch = { count, ratePerSecond: perSecond, style: 'orchestration', seed: 1 } as const;
  const { batchId } = await launchBatch(saga, launch);
  const limitMs = minutes * 60_000 + graceMs;
  for (const startedMs = performance.now(); performance.now() - startedMs < limitMs;) {
    const batch = await getBatch(saga, batchId);
    if (batch?.placingEndedAt && batch.completed + batch.compensated === count) {
      const placingMs = Date.parse(batch.placingEndedAt) - Date.parse(batch.createdAt);
      return (count * 1_000) / placingMs;
    }
    if (batch && batch.stuck > 0) throw new Error(`${batch.stuck} sagas are stuck.`);
    await delay(pollMs);
  }
  throw new Error(`The launch did not end within ${limitMs} ms.`);
}

function figuresOf(name: string, rest: Course, load: Course): readonly Figure[] {
  const { medianMb, mostMb, mbPerMinute } = growthOf(load);
  const minutes = load.at(-1)?.x ?? 0;
  return [
    { what: `${name} at rest`, value: rest.at(-1)?.y ?? Number.NaN, unit: 'MB' },
    { what: `${name} under load, median`, value: medianMb, unit: 'MB' },
    { what: `${name} under load, most`, value: mostMb, unit: 'MB' },
    {
      what: `${name}, growth over ${minutes.toFixed(1)} minutes`,
      value: mbPerMinute,
      unit: 'MB/minute',
      digits: 2,
    },
  ];
}
