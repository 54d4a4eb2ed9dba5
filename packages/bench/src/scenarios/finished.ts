import type { Site } from '../site.ts';
import { readTables } from '../tables.ts';
import { copySagas, endedOrders } from './copies/index.ts';
import { interleave } from './interleave.ts';
import { happyOrders, plentifulProducts } from './orders.ts';
import { runOrders } from './run-orders.ts';
import type { Figure, Scenario } from './scenario.ts';

export const finished: Scenario = {
  name: 'finished',
  does: 'sagas that have ended are in the tables, with their logs and the books of the services',
  async run(bench) {
    const { size } = bench;
    const small = await bench.openSite();
    const large = await bench.openSite();
    const kind = happyOrders(await plentifulProducts(small));
    await large.forkWorker();
    await runOrders(large, { count: size.originals, kind });
    await large.endWorkers();
    const ended = await copySagas(large, endedOrders, size.finished);
    bench.say(`  ${ended} ended sagas are in the tables`);
    await Promise.all([small.forkWorker(), large.forkWorker()]);
    const { count } = size;
    const rates = await interleave(bench, {
      'small tables': () => runOrders(small, { count, kind }),
      'large tables': () => runOrders(large, { count, kind }),
    });
    return [
      {
        what: `rate beside ${ended} ended sagas`,
        value: rates['large tables'],
        unit: 'sagas/s',
        happy: rates['small tables'],
      },
      ...(await sizesOf(large)),
    ];
  },
};

const reported = ['saga.instance', 'saga.event', 'orders.effect', 'inventory.reservation'];

async function sizesOf({ saga }: Site): Promise<readonly Figure[]> {
  const tables = await readTables(saga, reported);
  return tables.flatMap(({ name, heapKb, indexKb }) => [
    { what: `${name}, rows`, value: heapKb / 1_024, unit: 'MB' },
    { what: `${name}, indexes`, value: indexKb / 1_024, unit: 'MB' },
  ]);
}
