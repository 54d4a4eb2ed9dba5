import { once } from 'node:events';
import { clearFaults, setFault } from '@counterstep/db/faults';
import { placeOrder } from '@counterstep/services/place-order';
import type { Stack } from './stack.ts';

const pollMs = 2;

/** `SIGKILL`: the process is gone, and its lock with it. `SIGSTOP`: it keeps both, and only falls silent. */
type Death = 'SIGKILL' | 'SIGSTOP';

/** ms from the death of a worker, with a saga in its hands, until another worker has that saga. */
export async function takeoverTimes(stack: Stack, count: number, death: Death): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) times.push(await takeOverOnce(stack, death));
  return times;
}

async function takeOverOnce(stack: Stack, death: Death): Promise<number> {
  const doomed = await stack.forkWorker();
  await setFault(stack.saga, {
    service: 'payment',
    operation: 'payment.charge',
    kind: 'hang',
  });
  const { sagaId } = await placeOrder(stack, {
    customerId: 'harbour-cafe',
    lines: [{ sku: 'WAL-TRAY-02', quantity: 1 }],
    style: 'orchestration',
  });
  await until(
    stack,
    `select from saga.event where saga_id = $1 and step = 'payment.charge'`,
    sagaId,
  );
  const survivor = await stack.forkWorker();
  const exited = once(doomed, 'exit');
  const killedMs = performance.now();
  doomed.kill(death);
  await until(stack, `select from saga.event where saga_id = $1 and type = 'SagaClaimed'`, sagaId);
  const elapsedMs = performance.now() - killedMs;
  await clearFaults(stack.saga);
  doomed.kill('SIGKILL');
  await exited;
  const ended = once(survivor, 'exit');
  survivor.kill('SIGTERM');
  await ended;
  return elapsedMs;
}

async function until(stack: Stack, sql: string, sagaId: string): Promise<void> {
  for (const startedMs = performance.now(); performance.now() - startedMs < 30_000;) {
    if ((await stack.saga.query(`${sql} limit 1`, [sagaId])).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`Saga ${sagaId} did not get there within 30 s.`);
}
