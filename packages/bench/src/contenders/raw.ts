import { createPool } from '@counterstep/db/tx';
import { assertPlaced, orderStatements, plentiful, rawOrder } from '../order-statements.ts';

/**
 * The loop that a team would write without any guarantee: the five service statements of an order one
 * after another, so many orders in flight on 12 connections.
 *
 * @returns sagas per second
 */
export async function runRaw(url: string, count: number, inFlight: number): Promise<number> {
  const pool = createPool({
    url,
    searchPath: 'public',
    applicationName: 'bench raw',
    size: 12,
    acquireTimeoutMs: 60_000,
  });
  try {
    const stock = await plentiful(pool);
    const startedMs = performance.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        for (let index = next++; index < count; index = next++) {
          const order = rawOrder(stock, index);
          for (const statement of orderStatements) await statement(pool, order);
        }
      }),
    );
    const rate = count / ((performance.now() - startedMs) / 1_000);
    await assertPlaced(pool, count);
    return rate;
  } finally {
    await pool.end();
  }
}
