import { interleave } from './interleave.ts';
import { happyOrders, ordersWithRejections, plentifulProducts, rejectionsAmong } from './orders.ts';
import { runOrders } from './run-orders.ts';
import type { Scenario } from './scenario.ts';

export const rejected: Scenario = {
  name: 'rejected',
  does: "each tenth payment is above the customer's limit: two steps are undone",
  async run(bench) {
    const site = await bench.openSite();
    await site.forkWorker();
    const products = await plentifulProducts(site);
    const { count } = bench.size;
    const { happy, tenth } = await interleave(bench, {
      happy: () => runOrders(site, { count, kind: happyOrders(products) }),
      tenth: () =>
        runOrders(site, {
          count,
          kind: ordersWithRejections(products),
          rejected: rejectionsAmong(count),
        }),
    });
    return [{ what: 'rate, a tenth rejected', value: tenth, unit: 'sagas/s', happy }];
  },
};
