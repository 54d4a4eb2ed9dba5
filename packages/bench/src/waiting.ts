import { randomUUID } from 'node:crypto';
import { acceptSagas, createSagaStore } from '@counterstep/db/store';
import { createPool, type Pool } from '@counterstep/db/tx';
import { placeOrderSaga } from '@counterstep/services/place-order';
import type { Stack } from './stack.ts';

/** Times of claims beside so many sagas that wait for their time. */
export interface WaitingTimes {
  /** Sagas that become due in a year. */
  readonly rows: number;
  /** ms, of claims that take a few due sagas each. */
  readonly times: readonly number[];
}

const perClaim = 10;
/**
 * One statement makes all rows, and an open snapshot lasts as long as all claims beside it. Under the
 * usual limits of a transaction the server closes the connection at a million rows.
 */
const longestMs = 600_000;
const keys = [`${placeOrderSaga.name}@${placeOrderSaga.version}`];

/**
 * ms of claims, first beside no waiting sagas and then beside `rows` of them, each time with a
 * snapshot open somewhere, so that Postgres keeps every row that was claimed since. In a
 * database that no worker looks at.
 */
export async function waitingTimes(
  stack: Stack,
  { rows, claims }: { readonly rows: number; readonly claims: number },
): Promise<WaitingTimes[]> {
  const url = await stack.createDatabase('waiting');
  const base = {
    url,
    searchPath: 'saga',
    statementTimeoutMs: longestMs,
    transactionTimeoutMs: longestMs,
  };
  const owner = createPool({
    ...base,
    applicationName: 'bench waiting owner',
    size: 2,
    idleInTransactionMs: 0,
  });
  const engine = createPool({
    ...base,
    role: 'counterstep_engine',
    applicationName: 'bench waiting',
    lookupsOnly: true,
  });
  try {
    const none = await claimTimes(owner, engine, claims);
    await owner.query(
      `insert into saga.ready select gen_random_uuid(), now() + interval '1 year', $1::text
         from generate_series(1, $2::int)`,
      [keys[0] ?? '', rows],
    );
    const many = await claimTimes(owner, engine, claims);
    return [
      { rows: 0, times: none },
      { rows, times: many },
    ];
  } finally {
    await Promise.all([owner.end(), engine.end()]);
  }
}

/** One claim after another, each finding what was accepted just before it. */
async function claimTimes(owner: Pool, engine: Pool, claims: number): Promise<number[]> {
  const store = createSagaStore(engine, randomUUID());
  return owner.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read');
    await tx.query('select count(*) from saga.instance');
    const times: number[] = [];
    for (let n = 0; n < claims; n += 1) {
      await acceptSome(engine);
      const startedMs = performance.now();
      const claimed = await store.claim(perClaim * 2, keys);
      times.push(performance.now() - startedMs);
      if (claimed.length !== perClaim) {
        throw new Error(`A claim took ${claimed.length} sagas of ${perClaim}.`);
      }
    }
    return times;
  });
}

async function acceptSome(engine: Pool): Promise<void> {
  const lines = [{ sku: 'WAL-TRAY-02', quantity: 1, unitPrice: 100 }];
  const sagas = Array.from({ length: perClaim }, () => ({
    sagaId: randomUUID(),
    input: { orderId: randomUUID(), customerId: 'harbour-cafe', lines, total: 100 },
    actor: 'bench',
  }));
  await engine.transaction((tx) => acceptSagas(tx, placeOrderSaga, 'orchestration', sagas));
}
