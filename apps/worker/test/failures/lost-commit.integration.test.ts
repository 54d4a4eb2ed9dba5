import { clearFaults, setFault } from '@counterstep/db/faults';
import { launchBatch } from '@counterstep/db/batches';
import { type Passing, type Proxy, startProxy } from '@counterstep/db/testing';
import { CommitUnknownError, createPool, retryInfrastructure } from '@counterstep/db/tx';
import { openServiceDatabases } from '@counterstep/services/databases';
import { type OrderRequest, placeOrder } from '@counterstep/services/place-order';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDone, startSystem, type System } from '../system.ts';
import { endVictims, expectSound, startVictim, until, untilEnded, type Victim } from './rig.ts';

let system: System;
let proxy: Proxy;
let worker: Victim;
let placed = 0;

beforeAll(async () => {
  system = await startSystem();
  proxy = await startProxy({ target: system.url });
  worker = await startVictim(proxy.url);
});

afterAll(async () => {
  await endVictims();
  await proxy.stop();
  await system.stop();
});

const flush = ({ sql }: Passing) => sql.includes('with updated as');
const heartbeat = ({ sql }: Passing) => sql.includes('set heartbeat_at = clock_timestamp()');
const commitOf =
  (name: string, change = '') =>
  ({ sql, application, before }: Passing) =>
    sql === 'commit' && application.includes(name) && before.some((one) => one.includes(change));

/** Matches the nth statement that the given predicate matches. */
function nth(count: number, match: (passing: Passing) => boolean) {
  let seen = 0;
  return (passing: Passing) => match(passing) && (seen += 1) === count;
}

const place = (request: Partial<OrderRequest> = {}) => {
  placed += 1;
  return system.place(request);
};

/** The saga's end, and that nothing in it was tried twice. */
async function endOf(sagaId: string): Promise<string> {
  const saga = await system.until(sagaId, isDone);
  const log = await system.log(sagaId);
  expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
  // The worker that was in doubt looked, and went on by itself.
  expect(log.filter((event) => event.type === 'SagaClaimed')).toEqual([]);
  const attempts = log.filter((event) => event.type.endsWith('Dispatched'));
  expect(new Set(attempts.map((event) => event.attempt))).toEqual(new Set([1]));
  return saga.status;
}

describe('a reply that is lost after the server has done the work', () => {
  it('of a claim: it looks what it owns, and goes on at once', async () => {
    const lost = proxy.loseReply(commitOf(' engine ', 'set owner = $1'));
    const { sagaId } = await place();
    expect(await lost).toBe('COMMIT');
    const lostMs = Date.now();
    expect(await endOf(sagaId)).toBe('completed');
    console.log(`lost claim: ended ${Date.now() - lostMs} ms later`);
  });

  it.each([1, 2, 3, 4, 5])('of write %i of a saga', async (count) => {
    const lost = proxy.loseReply(nth(count, flush));
    const { sagaId } = await place();
    expect(await lost).toBe('SELECT 1');
    expect(await endOf(sagaId)).toBe('completed');
  });

  it.each(['order', 'inventory', 'payment', 'shipment'])(
    'of the commit of an operation of %s',
    async (service) => {
      const lost = proxy.loseReply(commitOf(` ${service}`));
      const { sagaId } = await place();
      expect(await lost).toBe('COMMIT');
      expect(await endOf(sagaId)).toBe('completed');
    },
  );

  it('of the commits of all counter-steps of one saga', async () => {
    const fault = { service: 'shipment', operation: 'shipment.initiate', kind: 'reject' } as const;
    await setFault(system.saga, { ...fault, nextCalls: 1 });
    // Each service commits once on the way out; shipment rejects, so the fourth is a counter-step's.
    const lost = ['order', 'inventory', 'payment'].map((service) =>
      proxy.loseReply(nth(2, commitOf(` ${service}`))),
    );
    const { sagaId } = await place();
    expect(await Promise.all(lost)).toEqual(['COMMIT', 'COMMIT', 'COMMIT']);
    expect(await endOf(sagaId)).toBe('compensated');
    await clearFaults(system.saga);
  });

  it('of a heartbeat: the worker lives on under the same name', async () => {
    expect(await proxy.loseReply(heartbeat)).toBe('UPDATE 1');
    const { sagaId } = await place();
    expect(await endOf(sagaId)).toBe('completed');
    expect(worker.incarnations()).toBe(1);
  });

  it('of every commit of a choreographed saga, the tracker included', async () => {
    const services = [' order', ' inventory', ' payment', ' shipment'];
    const lost = [
      proxy.loseReply(commitOf(' engine ', 'message_id')),
      ...services.map((pool) => proxy.loseReply(commitOf(pool))),
    ];
    const { sagaId } = await place({ style: 'choreography' });
    expect(new Set(await Promise.all(lost))).toEqual(new Set(['COMMIT']));
    expect(await endOf(sagaId)).toBe('completed');
  });

  it('of the chunk of a launch that is being placed', async () => {
    const lost = proxy.loseReply(commitOf(' engine ', 'insert into saga.instance'));
    const { batchId } = await launchBatch(system.saga, { count: 40, style: 'both', seed: 11 });
    placed += 80;
    expect(await lost).toBe('COMMIT');
    await untilEnded(system, batchId, 80);
  });
});

describe('an order whose acceptance was committed and never acknowledged', () => {
  const desk = () => {
    const base = { url: proxy.url, role: 'counterstep_engine', searchPath: 'saga' };
    const saga = createPool({ ...base, applicationName: 'desk engine' });
    const databases = openServiceDatabases({ main: proxy.url }, { applicationName: 'desk' });
    return { saga, databases };
  };

  it.each([
    ['orchestration', 'desk engine'],
    ['choreography', 'desk engine'],
    ['choreography', 'desk order'],
  ] as const)('%s, lost at %s: asked again, it is the same order', async (style, pool) => {
    const front = desk();
    const request = {
      customerId: 'harbour-cafe',
      lines: [{ sku: 'WAL-TRAY-02', quantity: 1 }],
      style,
      idempotencyKey: `lost-${style}-${pool}`,
    };
    placed += 1;
    const lost = proxy.loseReply(commitOf(pool));
    await expect(placeOrder(front, request)).rejects.toThrow(CommitUnknownError);
    expect(await lost).toBe('COMMIT');
    const again = await retryInfrastructure(() => placeOrder(front, request));
    expect(again.duplicate).toBe(true);
    expect(await placeOrder(front, request)).toEqual(again);
    expect(await endOf(again.sagaId)).toBe('completed');
    await Promise.all([front.saga.end(), front.databases.end()]);
  });
});

describe('after all of it', () => {
  it('there are as many sagas as orders, and the worker never ended', async () => {
    await until('the tracker has caught up', async () => {
      const [row] = await system.saga.query<{ count: number }>(
        `select count(*)::int from saga.instance where status in ('completed', 'compensated')`,
      );
      return row?.count === placed;
    });
    await expectSound(system, placed);
    expect(worker.isRunning).toBe(true);
    expect(worker.incarnations()).toBe(1);
  });
});
