import { retireBatch } from '@counterstep/db/retention';
import { setFault } from '@counterstep/db/faults';
import { flowsOf, foldMessages } from '@counterstep/db/tracker';
import { createPool, type Pool } from '@counterstep/db/tx';
import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import { runAudit } from '@counterstep/services/audit';
import { placeOrderChoreography } from '@counterstep/services/place-order';
import { sagas } from '@counterstep/services/sagas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../src/worker.ts';
import { isDone, startSystem, type System } from './system.ts';

const policy = { days: 30, mode: 'delete' } as const;
const styles = ['orchestration', 'choreography'] as const;

let system: System;
let worker: Worker;
let owner: Pool;

beforeAll(async () => {
  system = await startSystem();
  worker = createWorker(system.urls);
  await worker.start();
  owner = createPool({ url: system.url, searchPath: 'saga', applicationName: 'test', size: 2 });
});

afterAll(async () => {
  await worker.stop();
  await owner.end();
  await system.stop();
});

/** Lets sagas have ended long ago. */
const age = (ids: readonly string[]) =>
  owner.query(
    `update saga.instance set finished_at = finished_at - interval '90 days' where id = any($1::uuid[])`,
    [ids],
  );

async function isThere(sagaId: string): Promise<boolean> {
  const rows = await owner.query('select 1 from saga.instance where id = $1', [sagaId]);
  return rows.length > 0;
}

async function violations() {
  const { saga, databases } = system;
  const audit = await runAudit({ saga, databases, recheckAfterMs: 500 });
  return audit.invariants.flatMap((invariant) => invariant.violations);
}

describe.each(styles)('retired orders (%s)', (style) => {
  const request = (key: string) => ({ style, idempotencyKey: `${style}-${key}` });

  async function retired(key: string): Promise<string> {
    const { sagaId } = await system.place(request(key));
    await system.until(sagaId, isDone);
    await age([sagaId]);
    expect(await retireBatch(system.saga, policy)).toBe(1);
    return sagaId;
  }

  it('leave books that agree, whichever way they went', async () => {
    const forward = await retired('forward');
    await setFault(system.saga, {
      service: 'shipment',
      operation: 'shipment.initiate',
      kind: 'reject',
      nextCalls: 1,
    });
    const back = await retired('back');
    const young = await system.place(request('young'));
    await system.until(young.sagaId, isDone);
    expect(await Promise.all([forward, back, young.sagaId].map(isThere))).toEqual([
      false,
      false,
      true,
    ]);
    expect(await violations()).toEqual([]);
  });

  it('are still what their keys stand for', async () => {
    const sagaId = await retired('again');
    expect(await system.place(request('again'))).toMatchObject({ sagaId, duplicate: true });
    await expect(
      system.place({ ...request('again'), lines: [{ sku: 'WAL-TRAY-02', quantity: 2 }] }),
    ).rejects.toMatchObject({ code: 'KEY_REUSED' });
    expect(await isThere(sagaId)).toBe(false);
    expect(await violations()).toEqual([]);
  });
});

describe('a late copy of a message', () => {
  it('brings no retired saga back, and waits for nobody', async () => {
    const { sagaId } = await system.place({ style: 'choreography' });
    await system.until(sagaId, isDone);
    const messages = await messagesOf(sagaId);
    expect(messages.length).toBeGreaterThan(4);
    await age([sagaId]);
    expect(await retireBatch(system.saga, policy)).toBe(1);
    await foldMessages(system.saga, flowsOf([placeOrderChoreography]), messages);
    expect(await isThere(sagaId)).toBe(false);
    const left = await owner.query(
      `select saga_id from saga.event where saga_id = $1
       union all select saga_id from saga.held_message where saga_id = $1`,
      [sagaId],
    );
    expect(left).toEqual([]);
  });
});

describe('a worker with a policy', () => {
  it('retires by itself', async () => {
    const placed = await Promise.all(styles.map((style) => system.place({ style })));
    const ids = placed.map(({ sagaId }) => sagaId);
    for (const id of ids) await system.until(id, isDone);
    await age(ids);
    const tidy = createWorker(system.urls, sagas.all, { retention: policy });
    await tidy.start();
    try {
      await expect
        .poll(async () => (await Promise.all(ids.map(isThere))).includes(true), { timeout: 10_000 })
        .toBe(false);
    } finally {
      await tidy.stop();
    }
  });
});

/** All that the services' outboxes hold of a saga. */
async function messagesOf(sagaId: string): Promise<RecordedMessage[]> {
  const rows = await Promise.all(
    Object.values(system.databases)
      .filter((each): each is Pool => typeof each === 'object')
      .map((each) =>
        each.query<{ envelope: Omit<RecordedMessage, 'at'>; at: Date }>(
          'select envelope, at from outbox where saga_id = $1',
          [sagaId],
        ),
      ),
  );
  return rows.flat().map(({ envelope, at }) => ({ ...envelope, at: at.toISOString() }));
}
