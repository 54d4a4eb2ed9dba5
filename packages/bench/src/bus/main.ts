import { createPool, type Pool } from '@counterstep/db/tx';
import { readCommandLine } from '../../../../scripts/command-line/command.ts';
import { wholeNumber } from '../../../../scripts/command-line/option.ts';
import { startStack } from '../stack.ts';
import { printTables, readTables } from '../tables.ts';
import { cursorDesign } from './cursor-design.ts';
import { deliveryDesign } from './delivery-design.ts';
import { type Design, readers } from './design.ts';

// The two designs of the bus, one after the other in each round, on one server with fsync on.
const values = readCommandLine({
  name: 'pnpm bench:bus',
  does: 'the two designs of the bus, one after the other in each round',
  options: {
    count: wholeNumber('messages of a round (20000)'),
    rounds: wholeNumber('rounds that are counted (3)'),
  },
});
const count = values.count ?? 20_000;
const rounds = values.rounds ?? 3;

interface Measured {
  readonly perSecond: number;
  readonly walPerMessage: number;
}

/** What an idle session has counted reaches the statistics after ten seconds. */
const statisticsMs = 11_000;

const stack = await startStack();
const url = await stack.createDatabase('bus');
const owner = createPool({ url, searchPath: 'orders', applicationName: 'bench' });
const designs = [cursorDesign(url), await deliveryDesign(url)];
const results = new Map<Design, Measured[]>(designs.map((design) => [design, []]));
try {
  for (let round = 0; round <= rounds; round += 1) {
    for (const design of designs) {
      await emptyOutbox(owner);
      const measured = await measure(design, round === 0 ? Math.min(count, 1_000) : count);
      if (round === 0) continue;
      results.get(design)?.push(measured);
      console.log(
        `round ${round} ${design.name.padEnd(24)} ${measured.perSecond.toFixed(0).padStart(7)} messages/s ` +
          `${measured.walPerMessage.toFixed(0).padStart(6)} bytes of WAL a message`,
      );
      if (round === rounds) await reportTables(design);
    }
  }
  for (const [design, measured] of results) {
    const middle = measured.toSorted((a, b) => a.perSecond - b.perSecond)[measured.length >> 1];
    console.log(`${design.name.padEnd(24)} median ${middle?.perSecond.toFixed(0)} messages/s`);
  }
  console.log(`${count} messages a round, ${readers.length} readers, 8 partitions`);
} finally {
  await Promise.all([owner.end(), ...designs.map((design) => design.end())]);
  await stack.stop();
}

async function reportTables({ tables }: Design): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, statisticsMs));
  printTables(await readTables(owner, tables));
}

/** Both begin with an empty outbox and with readers that have read all. */
async function emptyOutbox(pool: Pool): Promise<void> {
  await pool.query('truncate orders.outbox, orders.delivery');
}

async function measure(design: Design, messages: number): Promise<Measured> {
  const before = await walBytes(owner);
  const startedMs = performance.now();
  await design.run(messages);
  const elapsedS = (performance.now() - startedMs) / 1_000;
  const walPerMessage = ((await walBytes(owner)) - before) / messages;
  return { perSecond: messages / elapsedS, walPerMessage };
}

async function walBytes(pool: Pool): Promise<number> {
  const [row] = await pool.query<{ bytes: string }>(
    `select pg_current_wal_lsn() - '0/0'::pg_lsn as bytes`,
  );
  return Number(row?.bytes ?? Number.NaN);
}
