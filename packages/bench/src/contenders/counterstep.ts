import { launchBatch } from '@counterstep/db/batches';
import { type Desk, placeOrder, type OrderStyle } from '@counterstep/services/place-order';

const pollMs = 250;
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
    if (await hasEnded(desk, batchId)) return count / (await secondsOf(desk, batchId, count));
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`The launch did not end within ${limitMs} ms.`);
}

/** Looks for one that has not ended: to count them all took Postgres a quarter of its time. */
async function hasEnded({ saga }: Desk, batchId: string): Promise<boolean> {
  const rows = await saga.query(
    `select from saga.batch where id = $1 and finished_at is not null and not exists
       (select from saga.instance where finished_at is null and correlation_id = $1::text)`,
    [batchId],
  );
  return rows.length > 0;
}

async function secondsOf({ saga }: Desk, batchId: string, count: number): Promise<number> {
  const [row] = await saga.query<{ seconds: string; ended: number }>(
    `select extract(epoch from max(i.finished_at) - min(b.created_at)) as seconds,
            count(*) filter (where i.status in ('completed', 'compensated'))::int as ended
       from saga.batch b join saga.instance i on i.correlation_id = b.id::text where b.id = $1`,
    [batchId],
  );
  if (row?.ended !== count) throw new Error(`${row?.ended} of ${count} orders came to a good end.`);
  return Number(row.seconds);
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
