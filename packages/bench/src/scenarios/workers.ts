import type { Site } from '../site.ts';
import { interleave } from './interleave.ts';
import { happyOrders, plentifulProducts } from './orders.ts';
import { runOrders } from './run-orders.ts';
import type { Scenario } from './scenario.ts';

/**
 * Orders for each worker before it is measured: every one of them begins cold. They come in launches of
 * that size, one after another: all at once, a busy machine lets the limits of cold workers' steps pass.
 */
const warmUpPerWorker = 1_000;

export const workers: Scenario = {
  name: 'workers',
  does: 'one, two and four worker processes on one database',
  async run(bench) {
    const site = await bench.openSite();
    const kind = happyOrders(await plentifulProducts(site));
    const { count } = bench.size;
    const warmUp = Math.min(count, warmUpPerWorker);
    const withWorkers = (processes: number) => async () => {
      await Promise.all(Array.from({ length: processes }, () => site.forkWorker()));
      for (let n = 0; n < processes; n += 1) await runOrders(site, { count: warmUp, kind });
      const rate = await runOrders(site, { count, kind });
      await site.endWorkers();
      return rate;
    };
    const rates = await interleave(bench, {
      'one worker': withWorkers(1),
      'two workers': withWorkers(2),
      'four workers': withWorkers(4),
    });
    const happy = rates['one worker'];
    return [
      { what: 'rate, one worker', value: happy, unit: 'sagas/s', happy },
      { what: 'rate, two workers', value: rates['two workers'], unit: 'sagas/s', happy },
      { what: 'rate, four workers', value: rates['four workers'], unit: 'sagas/s', happy },
      { what: 'sagas lost', value: await unfinished(site), unit: '' },
    ];
  },
};

/** Each launch has waited for its own; this counts over all of them, after the workers have gone. */
async function unfinished({ saga }: Site): Promise<number> {
  const [row] = await saga.query<{ count: number }>(
    'select count(*)::int as count from saga.instance where finished_at is null',
  );
  if (row?.count !== 0) throw new Error(`${row?.count} sagas never ended.`);
  return row.count;
}
