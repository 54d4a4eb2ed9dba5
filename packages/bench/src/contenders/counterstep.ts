import { getBatch, launchBatch } from '@counterstep/db/batches';
import { type Desk, placeOrder, type OrderStyle } from '@counterstep/services/place-order';

/** Counting a launch costs Postgres some milliseconds: looked at ten times a second, it does not show. */
const pollMs = 100;
const deadlineMs = 300_000;
/** For launches that are large. */
const deadlineMsPerSaga = 20;

/**
 * Launches many orders and waits until every saga has ended. Returns sagas per second, acceptance
 * included, on the database's clock.
 */
export async function runLaunch(desk: Desk, style: OrderStyle, count: number): Promise<number> {
  const { batchId } = await launchBatch(desk.saga, { count, style, seed: 1 });
  const limitMs = Math.max(deadlineMs, count * deadlineMsPerSaga);
  for (const startedMs = performance.now(); performance.now() - startedMs < limitMs;) {
    const batch = await getBatch(desk.saga, batchId);
    if (batch && batch.completed + batch.compensated === count) {
      return count / (await secondsOf(desk, batchId));
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`The launch did not end within ${limitMs} ms.`);
}

async function secondsOf(desk: Desk, batchId: string): Promise<number> {
  const [row] = await desk.saga.query<{ seconds: string }>(
    `select extract(epoch from max(i.finished_at) - min(b.created_at)) as seconds
       from saga.batch b join saga.instance i on i.correlation_id = b.id::text where b.id = $1`,
    [batchId],
  );
  return Number(row?.seconds);
}

/** Times from acceptance to the end, in ms on the database's clock, of sagas placed one after another. */
export async function idleLatencies(
  desk: Desk,
  style: OrderStyle,
  count: number,
): Promise<number[]> {
  const latencies: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const { sagaId } = await placeOrder(desk, {
      customerId: 'harbour-cafe',
      lines: [{ sku: 'WAL-TRAY-02', quantity: 1 }],
      style,
    });
    latencies.push(await elapsedOf(desk, sagaId));
  }
  return latencies;
}

async function elapsedOf(desk: Desk, sagaId: string): Promise<number> {
  for (const startedMs = performance.now(); performance.now() - startedMs < deadlineMs;) {
    const [row] = await desk.saga.query<{ ms: string | null }>(
      'select extract(epoch from finished_at - created_at) * 1000 as ms from saga.instance where id = $1',
      [sagaId],
    );
    if (row?.ms) return Number(row.ms);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`Saga ${sagaId} did not end.`);
}
