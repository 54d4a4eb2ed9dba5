import { launchBatch } from '@counterstep/db/batches';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorker, type Worker } from '../src/worker.ts';
import { untilTold } from './quiet.ts';
import { isDone, startSystem, type System } from './system.ts';

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem();
  worker = createWorker(system.urls);
  await worker.start();
});

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

it('places orders that people can tell apart by the ends of their ids', async () => {
  const count = 40;
  const { batchId } = await launchBatch(system.saga, { count, style: 'both', seed: 5 });
  const sagas = await untilPlaced(batchId, 2 * count);
  await Promise.all(sagas.map(({ id }) => system.until(id, isDone)));
  await untilTold(system, 20_000);
  const { payment, shipment } = system.databases;
  const payments = await payment.query<{ id: string }>('select payment_id as id from payment');
  const parcels = await shipment.query<{ id: string }>('select tracking_code as id from shipment');
  for (const ids of [sagas, payments, parcels]) {
    expect(ids.length).toBeGreaterThan(count);
    expect(new Set(ids.map(({ id }) => id.slice(-7))).size).toBe(ids.length);
  }
});

async function untilPlaced(batchId: string, count: number): Promise<{ id: string }[]> {
  for (;;) {
    const sagas = await system.saga.query<{ id: string }>(
      'select id from saga.instance where correlation_id = $1',
      [batchId],
    );
    if (sagas.length === count) return sagas;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
