import { setTimeout as delay } from 'node:timers/promises';
import { acceptSagas, uuidV7 } from '@counterstep/db/store';
import { type Desk, placeOrderSaga } from '@counterstep/services/place-order';
import type { OrderInput } from '@counterstep/services/order/contract';
import type { OrderKind } from './orders.ts';
import { atPace } from './pace.ts';

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
  /** Ids of the first sagas, so that somebody can watch them from their beginning. */
  readonly ids?: readonly string[];
}

/**
 * Accepts orders as fast as they are taken, and waits until each has ended as it must.
 *
 * @returns sagas per second from the first acceptance to the last end, on the database's clock
 */
export async function runOrders(desk: Desk, launch: Launch): Promise<number> {
  const launchId = uuidV7();
  for (let from = 0; from < launch.count; from += chunk) {
    await accept(desk, launchId, launch, [from, Math.min(launch.count, from + chunk)]);
  }
  return launch.count / (await untilGoodEnd(desk, launchId, launch));
}

/**
 * Accepts orders at a steady rate, and waits until each has ended as it must.
 *
 * @returns orders per second that were really accepted
 */
export async function runOrdersAtPace(
  desk: Desk,
  launch: Launch,
  perSecond: number,
): Promise<number> {
  const launchId = uuidV7();
  const { count } = launch;
  const atOnce = Math.ceil((perSecond * paceMs) / 1_000);
  const reached = await atPace({ count, perSecond, atOnce }, (from, to) =>
    accept(desk, launchId, launch, [from, to]),
  );
  await untilGoodEnd(desk, launchId, launch);
  return reached;
}

/** Of the orders of a launch, those from one number up to another, that one excluded. */
async function accept(
  { saga }: Desk,
  correlationId: string,
  { kind, ids = [] }: Launch,
  [from, to]: readonly [number, number],
): Promise<void> {
  const sagas = Array.from({ length: to - from }, (_, index) => ({
    sagaId: ids[from + index] ?? uuidV7(),
    input: kind(from + index) satisfies OrderInput,
    actor: 'bench',
    correlationId,
  }));
  await saga.transaction((tx) => acceptSagas(tx, placeOrderSaga, 'orchestration', sagas));
  await saga.query(`select pg_notify('counterstep', 'ready')`);
}

/** Seconds that a launch took in all. */
async function untilGoodEnd(
  desk: Desk,
  launchId: string,
  { count, rejected = 0 }: Launch,
): Promise<number> {
  const { seconds, completed, compensated } = await untilEnded(desk, launchId, count);
  if (compensated !== rejected || completed !== count - rejected) {
    throw new Error(
      `Of ${count} orders ${completed} completed and ${compensated} were compensated; ` +
        `${rejected} should have been.`,
    );
  }
  return seconds;
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
