import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tx } from '../src/tx/index.ts';
import { openPools, type TestPools } from './pools.ts';

let pools: TestPools;
const id = randomUUID();

beforeAll(async () => {
  pools = await openPools('heap-only-test');
  await pools.owner.query(
    `insert into saga.instance (id, definition, version, style, status, input, summary, seq, owner)
     values ($1, 'place-order', 1, 'orchestration', 'pending', '{}', '{}', 1, $2)`,
    [id, randomUUID()],
  );
});

afterAll(() => pools.stop());

/** What a write of a step changes, and what a letter does. */
const step = `seq = seq + 1, summary = jsonb_build_object('seq', seq), paused = not paused,
  mail_received = mail_received + 1, mail_read = mail_read + 1, updated_at = clock_timestamp()`;

/** How many of the updates entered no index, as Postgres counts them within a transaction. */
function heapOnly(changes: readonly string[]): Promise<number> {
  return pools.owner.transaction(async (tx) => {
    // Those of the transactions before may not have been handed over yet.
    const before = await heapOnlySoFar(tx);
    for (const change of changes) {
      await tx.query(`update saga.instance set ${change} where id = $1`, [id]);
    }
    return (await heapOnlySoFar(tx)) - before;
  });
}

async function heapOnlySoFar(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ hot: number }>(
    `select n_tup_hot_upd::int as hot from pg_stat_xact_user_tables
      where schemaname = 'saga' and relname = 'instance'`,
  );
  return row?.hot ?? 0;
}

it('a saga enters no index on its way, whatever its status becomes', async () => {
  const changes = ['running', 'committed', 'running', 'compensating', 'running'].map(
    (status) => `${step}, status = '${status}'`,
  );
  expect(await heapOnly(changes)).toBe(changes.length);
});

it('counts what does enter one', async () => {
  expect(await heapOnly([`status = 'stuck'`, `status = 'running'`, 'owner = null'])).toBe(0);
});
