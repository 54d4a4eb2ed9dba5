import { launchBatch } from '@counterstep/db/batches';
import { setFault } from '@counterstep/db/faults';
import { reapWorker } from '@counterstep/db/store';
import { startProxy } from '@counterstep/db/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDone, startSystem, type System } from '../system.ts';
import { isLong } from '../long.ts';
import {
  endedOf,
  endVictims,
  expectSound,
  startVictim,
  until,
  untilEnded,
  untilPlaced,
} from './rig.ts';

let system: System;

beforeEach(async () => {
  system = await startSystem();
});

afterEach(async () => {
  await endVictims();
  await system.stop();
});

/** Slow enough that a worker has sagas in its hands whenever something befalls it. */
const slow = {
  service: 'payment',
  operation: 'payment.charge',
  kind: 'delay',
  delayMs: 300,
} as const;

/** The lease is 5 s; then come a look by the reaper and a claim. */
const takeoverMsMax = 6_500;

interface Owned {
  readonly worker: string;
  readonly sagas: string[];
}

/** What the worker of a process owns now. */
async function ownedBy(pid: number): Promise<Owned> {
  const rows = await system.saga.query<{ worker: string; saga: string | null }>(
    `select w.id as worker, i.id as saga from saga.worker w
       left join saga.instance i on i.owner = w.id where w.pid = $1 and w.status = 'live'`,
    [pid],
  );
  return { worker: rows[0]?.worker ?? '', sagas: rows.flatMap(({ saga }) => saga ?? []) };
}

describe('a worker that is stopped for longer than its lease', () => {
  it('loses its sagas to another one, and when it comes back writes nothing', async () => {
    const zombie = await startVictim(system.url);
    await setFault(system.saga, slow);
    const launch = { count: 150, style: 'both', seed: 21 } as const;
    const { batchId } = await launchBatch(system.saga, launch);
    await untilPlaced(system, batchId);
    await untilEnded(system, batchId, 20);
    zombie.signal('SIGSTOP');
    const owned = await ownedBy(zombie.pid);
    expect(owned.sagas.length).toBeGreaterThan(0);
    const stoppedMs = Date.now();
    const heir = await startVictim(system.url);
    await until('its sagas have another owner', async () => {
      const rows = await system.saga.query(
        'select from saga.instance where id = any($1::uuid[]) and owner = $2',
        [owned.sagas, owned.worker],
      );
      return rows.length === 0;
    });
    const takenMs = Date.now() - stoppedMs;
    await untilEnded(system, batchId, 300);
    console.log(
      `stopped with ${owned.sagas.length} sagas: taken after ${takenMs} ms, all ended after ${Date.now() - stoppedMs} ms`,
    );
    const before = await logOf(owned.sagas);
    zombie.signal('SIGCONT');
    await until('the zombie starts anew', () => Promise.resolve(zombie.incarnations() === 2));
    expect(zombie.said()).toContain('the database has given this worker up');
    // Its new self works; what its old self still wanted to write is nowhere.
    heir.signal('SIGTERM');
    expect(await heir.exited).toBe(0);
    const { sagaId } = await system.place({});
    await system.until(sagaId, isDone);
    expect(await logOf(owned.sagas)).toEqual(before);
    expect(takenMs).toBeLessThan(takeoverMsMax);
    await expectSound(system, 301);
  }, 60_000);
});

async function logOf(sagaIds: readonly string[]): Promise<unknown[]> {
  return system.saga.query(
    'select saga_id, seq, type, actor from saga.event where saga_id = any($1::uuid[]) order by 1, 2',
    [sagaIds],
  );
}

// Between a preparation and its run the server is not "idle in transaction": its limit is not counted.
const moments = [
  ['after a preparation', 'holdPreparation', 'update stock s set reserved'],
  ['after an answer', 'holdReply', 'from stock where sku = any'],
] as const;

describe('a worker that is stopped while it holds rows of a service', () => {
  it.each(isLong ? moments : moments.slice(0, 1))(
    'stops nobody else: %s',
    async (_when, hold, text) => {
      const proxy = await startProxy({ target: system.url });
      const stopped = await startVictim(proxy.url);
      // The stock row is locked, and the answer never arrives: the transaction stays open.
      const held = proxy[hold](({ sql }) => sql.includes(text));
      const first = await system.place({});
      await held;
      stopped.signal('SIGSTOP');
      const stoppedMs = Date.now();
      await startVictim(system.url);
      const second = await system.place({});
      const saga = await system.until(second.sagaId, isDone, takeoverMsMax);
      console.log(
        `an order for a locked product ended ${Date.now() - stoppedMs} ms after the stop`,
      );
      expect(saga.status).toBe('completed');
      expect((await system.until(first.sagaId, isDone)).status).toBe('completed');
      await expectSound(system, 2);
      await proxy.stop();
    },
    60_000,
  );
});

describe('a worker that is stopped while it places a launch', () => {
  it('does not keep the rest of the launch from being placed', async () => {
    const proxy = await startProxy({ target: system.url });
    const stopped = await startVictim(proxy.url);
    const held = proxy.holdReply(({ sql }) => sql.includes('update saga.batch set placed'));
    const { batchId } = await launchBatch(system.saga, { count: 20, style: 'both', seed: 23 });
    await held;
    stopped.signal('SIGSTOP');
    const stoppedMs = Date.now();
    await startVictim(system.url);
    await untilEnded(system, batchId, 40, takeoverMsMax);
    console.log(`a launch whose placer was stopped ended ${Date.now() - stoppedMs} ms later`);
    await expectSound(system, 40);
    await proxy.stop();
  }, 60_000);
});

describe('a worker that is declared dead while it lives', () => {
  it('learns it from its heartbeat, drops what it held and starts anew', async () => {
    const worker = await startVictim(system.url);
    await setFault(system.saga, slow);
    const launch = { count: 150, style: 'both', seed: 24 } as const;
    const { batchId } = await launchBatch(system.saga, launch);
    await untilPlaced(system, batchId);
    const owned = await until('it owns sagas', async () => {
      const found = await ownedBy(worker.pid);
      return found.sagas.length > 0 && found;
    });
    // Its calls are under way: their answers come to a run that may no longer write.
    expect(await reapWorker(system.saga, owned.worker)).toBeGreaterThan(0);
    await until('it starts anew', () => Promise.resolve(worker.incarnations() === 2));
    await untilEnded(system, batchId, 300);
    await expectSound(system, 300);
  }, 60_000);
});

describe('a worker that is cut off from the network', () => {
  it('gives up by itself, and its sagas end without it', async () => {
    const proxy = await startProxy({ target: system.url });
    const cut = await startVictim(proxy.url);
    await startVictim(system.url);
    await setFault(system.saga, slow);
    const launch = { count: 200, style: 'both', seed: 22 } as const;
    const { batchId } = await launchBatch(system.saga, launch);
    await untilPlaced(system, batchId);
    await untilEnded(system, batchId, 20);
    const left = 400 - (await endedOf(system, batchId));
    const net = proxy.freeze(() => true);
    const cutMs = Date.now();
    await untilEnded(system, batchId, 400);
    console.log(`cut off with ${left} to go: all ended ${Date.now() - cutMs} ms later`);
    await until('it gives up', () =>
      Promise.resolve(cut.said().includes('the database has given this worker up')),
    );
    net.release();
    await until('it is back', () => Promise.resolve(cut.incarnations() === 2 || !cut.isRunning));
    await expectSound(system, 400);
    await proxy.stop();
  }, 60_000);
});
