import { uuidV7 } from '@counterstep/db/store';
import { quantile } from '../../statistics.ts';
import { interleave } from '../interleave.ts';
import { happyOrders, plentifulProducts } from '../orders.ts';
import { startProduct } from '../product.ts';
import { runOrders } from '../run-orders.ts';
import type { Scenario } from '../scenario.ts';
import { openViewer, type View } from './stream.ts';

/** Half of them look at the list, half at the log of one saga of the launch each. */
const viewers = 20;

export const liveViewers: Scenario = {
  name: 'viewers',
  does: `${viewers} live viewers are attached to the built dashboard`,
  async run(bench) {
    const site = await bench.openSite();
    const product = await startProduct(bench.stack, site);
    const { count } = bench.size;
    const kind = happyOrders(await plentifulProducts(site));
    const logMs: number[] = [];
    const listMs: number[] = [];

    async function runSeen(isCounted: boolean): Promise<number> {
      const ids = Array.from({ length: count }, () => uuidV7());
      const lists = Array.from({ length: viewers / 2 }, () => ({ feed: {} }));
      const logs = Array.from({ length: viewers / 2 }, (_, n) => ({
        watch: { sagaId: ids[Math.floor((n * count) / (viewers / 2))] ?? '' },
      }));
      const open = (views: readonly View[]) =>
        Promise.all(views.map((view) => openViewer(product.url, view)));
      const ofLists = await open(lists);
      const ofLogs = await open(logs);
      const rate = await runOrders(site, { count, kind, ids });
      await Promise.all([...ofLists, ...ofLogs].map((viewer) => viewer.close()));
      if (!isCounted) return rate;
      logMs.push(...ofLogs.flatMap(({ latenciesMs }) => latenciesMs));
      listMs.push(...ofLists.flatMap(({ latenciesMs }) => latenciesMs));
      return rate;
    }

    try {
      const { seen, unseen } = await interleave(bench, {
        unseen: () => runOrders(site, { count, kind }),
        seen: runSeen,
      });
      if (logMs.length === 0 || listMs.length === 0) throw new Error('The viewers saw nothing.');
      return [
        { what: `rate, ${viewers} viewers`, value: seen, unit: 'sagas/s', happy: unseen },
        { what: 'commit to frame of a log, p50', value: quantile(logMs, 0.5), unit: 'ms' },
        { what: 'commit to frame of a log, p95', value: quantile(logMs, 0.95), unit: 'ms' },
        { what: 'commit to frame of a list, p50', value: quantile(listMs, 0.5), unit: 'ms' },
        { what: 'commit to frame of a list, p95', value: quantile(listMs, 0.95), unit: 'ms' },
      ];
    } finally {
      await product.stop();
    }
  },
};
