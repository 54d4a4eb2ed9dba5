import { setTimeout as delay } from 'node:timers/promises';
import { acceptSagas, uuidV7 } from '@counterstep/db/store';
import { type Desk, placeOrderSaga } from '@counterstep/services/place-order';
import type { OrderInput } from '@counterstep/services/order/contract';
import type { OrderKind } from './orders.ts';

/** Orders per transaction, as the product's own launches have it. */
const chunk = 250;
/** Of a rate, so many milliseconds' orders are accepted at once. */
const paceMs = 100;
/** Looked at ten times a second, counting does not show. */
const pollMs = 100;
const deadlineMs = 300_000;

export interface Launch {
  readonly count: number;
  readonly kind: OrderKind;
  /** How many of them must end compensated; all others must end completed. */
  readonly rejected?: number;
  /** Orders are accepted at this rate; absent: as fast as they are taken. */
  readonly perSecond?: number;
  /** Ids of the first sagas, so that somebody can watch them from their beginning. */
  readonly ids?: readonly string[];
}

/**
 * Accepts orders and waits until each has ended as it must.
 *
 * @returns sagas per second from the first acceptance to the last end, on the database's clock
 */
export async function runOrders(desk: Desk, launch: Launch): Promise<number> {
  const launchId = uuidV7();
  await accept(desk, launchId, launch);
  const { seconds, completed, compensated } = await untilEnded(desk, launchId, launch.count);
  const rejected = launch.rejected ?? 0;
  if (compensated !== rejected || completed !== launch.count - rejected) {
    throw new Error(
      `Of ${launch.count} orders ${completed} completed and ${compensated} were compensated; ` +
        `${rejected} should have been.`,
    );
  }
  return launch.count / seconds;
}

async function accept(
  { saga }: Desk,
  correlationId: string,
  { count, kind, perSecond, ids = [] }: Launch,
): Promise<void> {
  const size = perSecond === undefined ? chunk : Math.ceil((perSecond * paceMs) / 1_000);
  for (let from = 0; from < count; from += size) {
    const sagas = Array.from({ length: Math.min(size, count - from) }, (_, index) => ({
      sagaId: ids[from + index] ?? uuidV7(),
      input: kind(from + index) satisfies OrderInput,
      actor: 'bench',
      correlationId,
    }));
    await saga.transaction((tx) => acceptSagas(tx, placeOrderSaga, 'orchestration', sagas));
    await saga.query(`select pg_notify('counterstep', 'ready')`);
    if (perSecond !== undefined) await delay((size / perSecond) * 1_000);
  }
}

interface Ended {
  readonly completed: number;
  readonly compensated: number;
  readonly seconds: number;
}

async function untilEnded({ saga }: Desk, launchId: string, count: number): Promise<Ended> {
  for (const startedMs = performance.now(); performance.now() - startedMs < deadlineMs;) {
    const [row] = await saga.query<Ended>(
      `select count(*) filter (where status = 'completed')::int as completed,
              count(*) filter (where status = 'compensated')::int as compensated,
              extract(epoch from max(finished_at) - min(created_at))::float8 as seconds
         from saga.instance where correlation_id = $1`,
      [launchId],
    );
    if (row && row.completed + row.compensated === count) return row;
    await delay(pollMs);
  }
  throw new Error(`Not all of ${count} sagas ended within ${deadlineMs} ms.`);
}
