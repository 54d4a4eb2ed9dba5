import { setFault } from '@counterstep/db/faults';
import { runAudit } from '@counterstep/services/audit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../src/worker.ts';
import { isDone, startSystem, type System } from './system.ts';

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem({ apart: true });
  worker = createWorker(system.urls);
  await worker.start();
});

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

describe.each(['orchestration', 'choreography'] as const)(
  'services in databases of their own (%s)',
  (style) => {
    it('complete an order', async () => {
      const { sagaId } = await system.place({ style });
      expect((await system.until(sagaId, isDone)).status).toBe('completed');
    });

    it('walk one back, and agree in the end', async () => {
      await setFault(system.saga, {
        service: 'shipment',
        operation: 'shipment.initiate',
        kind: 'reject',
        nextCalls: 1,
      });
      const { sagaId } = await system.place({ style });
      expect((await system.until(sagaId, isDone)).status).toBe('compensated');
      const audit = await runAudit({ databases: system.databases, saga: system.saga });
      expect(audit.invariants.flatMap((invariant) => invariant.violations)).toEqual([]);
    });
  },
);
