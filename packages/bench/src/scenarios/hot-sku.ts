import { interleave } from './interleave.ts';
import { happyOrders, hotOrders, plentifulProducts } from './orders.ts';
import { runOrders } from './run-orders.ts';
import type { Scenario } from './scenario.ts';

export const hotSku: Scenario = {
  name: 'hot-sku',
  does: 'all orders want one product: every reservation locks the same row',
  async run(bench) {
    const site = await bench.openSite();
    await site.forkWorker();
    const products = await plentifulProducts(site);
    const { count } = bench.size;
    const { happy, hot } = await interleave(bench, {
      happy: () => runOrders(site, { count, kind: happyOrders(products) }),
      hot: () => runOrders(site, { count, kind: hotOrders(products) }),
    });
    return [{ what: 'rate, one product', value: hot, unit: 'sagas/s', happy }];
  },
};
