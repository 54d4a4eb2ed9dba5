import { getBatch, launchBatch } from '@counterstep/db/batches';
import { placeOrder, type OrderStyle } from '@counterstep/services/place-order';
import type { Stack } from './stack.ts';

const pollMs = 10;
const deadlineMs = 300_000;
/** For launches that are large. */
const deadlineMsPerSaga = 20;

/** Launches many orders and waits until every saga has ended. Returns sagas per second, acceptance included. */
export async function runLaunch(stack: Stack, style: OrderStyle, count: number): Promise<number> {
  const startedMs = performance.now();
  const { batchId } = await launchBatch(stack.saga, { count, style, seed: 1 });
  for (;;) {
    const batch = await getBatch(stack.saga, batchId);
    const elapsedMs = performance.now() - startedMs;
    if (batch && batch.completed + batch.compensated === count) return count / (elapsedMs / 1_000);
    const limitMs = Math.max(deadlineMs, count * deadlineMsPerSaga);
    if (elapsedMs > limitMs) {
      throw new Error(`The launch did not end within ${limitMs} ms: ${JSON.stringify(batch)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Times from acceptance to the end, in ms on the database's clock, of sagas placed one after another. */
export async function idleLatencies(
  stack: Stack,
  style: OrderStyle,
  count: number,
): Promise<number[]> {
  const latencies: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const { sagaId } = await placeOrder(stack, {
      customerId: 'harbour-cafe',
      lines: [{ sku: 'WAL-TRAY-02', quantity: 1 }],
      style,
    });
    latencies.push(await elapsedOf(stack, sagaId));
  }
  return latencies;
}

async function elapsedOf(stack: Stack, sagaId: string): Promise<number> {
  for (const startedMs = performance.now(); performance.now() - startedMs < deadlineMs;) {
    const [row] = await stack.saga.query<{ ms: string | null }>(
      'select extract(epoch from finished_at - created_at) * 1000 as ms from saga.instance where id = $1',
      [sagaId],
    );
    if (row?.ms) return Number(row.ms);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`Saga ${sagaId} did not end.`);
}
