import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { endProducts, postmasterOf, startProduct } from './product.ts';

afterEach(endProducts, 60_000);

describe('start, when the embedded Postgres dies', () => {
  it('says so, starts it again, and orders go on', async () => {
    const product = await startProduct();
    await product.says(/Ctrl-C stops everything/);
    const postmaster = await postmasterOf(product);
    process.kill(postmaster ?? Number.NaN, 'SIGKILL');

    await product.says(/The database ended unexpectedly/);
    await product.says(/The database runs again/);
    const sagaId = await place(product.url);
    await untilCompleted(product.url, sagaId);
  }, 180_000);
});

interface Answer<T> {
  readonly result?: { readonly data: T };
}

/** Places one order under one key, again until it is taken: the dashboard connects anew meanwhile. */
async function place(url: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/api/trpc/orders.place`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        customerId: 'harbour-cafe',
        lines: [{ sku: 'WAL-TRAY-02', quantity: 1 }],
        style: 'orchestration',
        idempotencyKey: 'after-the-crash',
      }),
    });
    const { result } = (await response.json()) as Answer<{ sagaId: string }>;
    if (result) return result.data.sagaId;
    expect(response.status, 'a refused order').toBeGreaterThanOrEqual(500);
    await delay(100);
  }
}

async function untilCompleted(url: string, sagaId: string): Promise<void> {
  const input = encodeURIComponent(JSON.stringify({ sagaId }));
  for (let status: string | undefined; status !== 'completed'; await delay(100)) {
    const response = await fetch(`${url}/api/trpc/sagas.get?input=${input}`);
    const { result } = (await response.json()) as Answer<{ status: string }>;
    status = result?.data.status;
    expect(['compensated', 'stuck']).not.toContain(status);
  }
}
