import { createTestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';

/** A database of its own, seen as the engine sees it and as the owner of the tables does. */
export interface TestPools {
  readonly url: string;
  readonly pool: Pool;
  readonly owner: Pool;
  stop(): Promise<void>;
}

export async function openPools(name: string): Promise<TestPools> {
  const { url, drop } = await createTestDatabase();
  const base = { url, searchPath: 'saga', applicationName: name, acquireTimeoutMs: 20_000 };
  const pool = createPool({ ...base, role: 'counterstep_engine', lookupsOnly: true });
  const owner = createPool({ ...base, statementTimeoutMs: 120_000, idleInTransactionMs: 0 });
  return {
    url,
    pool,
    owner,
    async stop() {
      await Promise.all([pool.end(), owner.end()]);
      await drop();
    },
  };
}

/** How many rows there are of a query's kind. */
export async function count(
  pool: Pool,
  from: string,
  params: readonly string[] = [],
): Promise<number> {
  const [row] = await pool.query<{ n: string }>(`select count(*) as n from ${from}`, params);
  return Number(row?.n);
}
