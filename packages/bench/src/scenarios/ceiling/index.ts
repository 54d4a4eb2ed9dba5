import { createPool } from '@counterstep/db/tx';
import type { Site } from '../../site.ts';
import { interleave } from '../interleave.ts';
import { happyOrders, plentifulProducts } from '../orders.ts';
import { runOrders } from '../run-orders.ts';
import type { Figure, Scenario } from '../scenario.ts';
import { openClients } from './clients.ts';
import { type Profile, readProfile, sampleTables } from './profile.ts';
import { idFunctionSql, sampleName, statementsOf } from './script.ts';

/** The better of these counts. */
const connections = { few: 4, many: 8 };
const ordersPerScript = 250;
/** More pieces than any run takes. */
const plenty = 1_000_000_000;

export const ceiling: Scenario = {
  name: 'ceiling',
  does: 'the rows of the same orders in the same batches, and nothing but the commits',
  async run(bench) {
    const { size, say, stack } = bench;
    const product = await bench.openSite();
    const bare = await bench.openSite();
    await product.forkWorker();
    const kind = happyOrders(await plentifulProducts(product));
    const { count } = size;
    await runOrders(product, { count, kind });
    const profile = await readProfileOf(product);
    await prepare(bare, profile);
    const orders = Math.min(count, ordersPerScript);
    const statements = statementsOf(profile, orders);
    const clients = await openClients({ url: bare.url, statements, folder: stack.folder });
    say(`  ${clients.name}, ${statements.length} transactions for ${orders} orders`);
    const write = (many: number) => async () =>
      orders * (await clients.run(many, Math.max(1, Math.round(count / orders / many))));
    try {
      const { happy, few, many } = await interleave(bench, {
        happy: () => runOrders(product, { count, kind }),
        few: write(connections.few),
        many: write(connections.many),
      });
      const best = Math.max(few, many);
      return [
        { what: `bare commits, ${clients.name}`, value: best, unit: 'sagas/s', happy },
        { what: 'share that the product reaches', value: happy / best, unit: '', digits: 2 },
        ...batchFigures(profile),
        {
          what: 'transactions for an order',
          value: statements.length / orders,
          unit: '',
          digits: 2,
        },
      ];
    } finally {
      await clients.end();
    }
  },
};

function batchFigures({ writes: [accept, ...flushes], operations }: Profile): readonly Figure[] {
  const mean = (batches: readonly { readonly batch: number }[]) =>
    batches.length / batches.reduce((sum, { batch }) => sum + 1 / batch, 0);
  return [
    { what: 'orders in one acceptance', value: accept?.batch ?? Number.NaN, unit: '' },
    { what: 'orders in one write of the log', value: mean(flushes), unit: '' },
    { what: 'orders in one operation of a service', value: mean(operations), unit: '' },
  ];
}

async function readProfileOf(site: Site): Promise<Profile> {
  const owner = ownerOf(site);
  try {
    return await readProfile(site, owner);
  } finally {
    await owner.end();
  }
}

/** Sample rows in tables of their own, so that no row has to travel; and stock for any number of orders. */
async function prepare(site: Site, { sample }: Profile): Promise<void> {
  const owner = ownerOf(site);
  try {
    await owner.query(idFunctionSql);
    for (const table of sampleTables) {
      // A statement that makes a table takes no parameters.
      await owner.query(`create table ${sampleName(table)} (like ${table})`);
      await owner.query(
        `insert into ${sampleName(table)} select * from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
        [sample[table]],
      );
    }
    await owner.query('update inventory.stock set on_hand = $1', [plenty]);
  } finally {
    await owner.end();
  }
}

const ownerOf = ({ url }: Site) =>
  createPool({ url, searchPath: 'public', applicationName: 'bench ceiling setup', size: 4 });
