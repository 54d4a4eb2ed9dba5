import { idleLatencies } from '../contenders/counterstep.ts';
import { quantile } from '../statistics.ts';
import { interleave } from './interleave.ts';
import { happyOrders, plentifulProducts } from './orders.ts';
import { runOrders } from './run-orders.ts';
import type { Scenario } from './scenario.ts';

const idleOrdersPerRound = 10;

export const happy: Scenario = {
  name: 'happy',
  does: 'every order succeeds; and one order after another on an idle system',
  async run(bench) {
    const site = await bench.openSite();
    await site.forkWorker();
    const kind = happyOrders(await plentifulProducts(site));
    const { happy } = await interleave(bench, {
      happy: () => runOrders(site, { count: bench.size.count, kind }),
    });
    const idle = await idleLatencies(site, 'orchestration', bench.size.rounds * idleOrdersPerRound);
    return [
      { what: 'rate', value: happy, unit: 'sagas/s' },
      { what: 'idle latency p50', value: quantile(idle, 0.5), unit: 'ms', digits: 1 },
      { what: 'idle latency p99', value: quantile(idle, 0.99), unit: 'ms', digits: 1 },
    ];
  },
};
