import { setTimeout as delay } from 'node:timers/promises';
import { launchBatch } from '@counterstep/db/batches';
import { type Proxy, startProxy } from '@counterstep/db/testing';
import { createPool, type Pool } from '@counterstep/db/tx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDone, startSystem, type System } from '../system.ts';
import { isLong } from '../long.ts';
import {
  endedOf,
  endVictims,
  expectSound,
  seeded,
  startVictim,
  until,
  untilEnded,
  type Victim,
} from './rig.ts';

let system: System;
let proxy: Proxy;
/** The cluster's superuser, past the proxy. */
let admin: Pool;

beforeEach(async () => {
  system = await startSystem();
  proxy = await startProxy({ target: system.url });
  admin = createPool({ url: system.url, searchPath: 'public', applicationName: 'admin', size: 1 });
});

afterEach(async () => {
  await endVictims();
  await proxy.stop();
  await admin.end();
  await system.stop();
});

const styles = ['orchestration', 'choreography'] as const;
const orders = 200;

/** Breaks something again and again, at moments that follow from the seed, until all sagas have ended. */
async function during(
  batchId: string,
  seed: number,
  breakIt: (random: () => number) => Promise<number> | number,
): Promise<number> {
  const random = seeded(seed);
  const timesMax = 12;
  let broken = 0;
  for (let times = 0; times < timesMax; times += 1) {
    if ((await endedOf(system, batchId)) === orders) break;
    await delay(20 + random() * 100);
    broken += await breakIt(random);
  }
  return broken;
}

/** A lock that is lost again and again within 300 ms may cost a worker its name, never its process. */
function expectAlive(workers: readonly Victim[]): void {
  for (const worker of workers) {
    expect(worker.isRunning).toBe(true);
    expect(worker.incarnations()).toBeLessThanOrEqual(3);
  }
}

describe.each(styles)('a launch, %s,', (style) => {
  // Slow enough that every phase of it meets a fault: placing, running, ending.
  const launch = { count: orders, style, ratePerSecond: 150 };

  it.runIf(isLong || style === 'orchestration')('survives resets of all connections', async () => {
    const workers = [await startVictim(proxy.url), await startVictim(proxy.url)];
    const { batchId } = await launchBatch(system.saga, { ...launch, seed: 5 });
    const busy = await during(batchId, 1, () => proxy.resetAll());
    expect(busy).toBeGreaterThan(0);
    await untilEnded(system, batchId, orders);
    await expectSound(system, orders);
    expectAlive(workers);
    console.log(`${style}: ${busy} statements were cut off`);
  });

  it.runIf(isLong || style === 'choreography')('survives the end of its backends', async () => {
    const workers = [await startVictim(system.url), await startVictim(system.url)];
    const { batchId } = await launchBatch(system.saga, { ...launch, seed: 6 });
    const killed = await during(batchId, 2, async (random) => {
      const rows = await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name like 'counterstep%'
            and (hashtext(pid::text)::bigint + $1::bigint) % 4 = 0`,
        [Math.floor(random() * 4)],
      );
      return rows.length;
    });
    expect(killed).toBeGreaterThan(0);
    await untilEnded(system, batchId, orders);
    await expectSound(system, orders);
    expectAlive(workers);
    console.log(`${style}: ${killed} backends were ended`);
  });
});

describe('a worker that cannot listen', () => {
  const listener = `select pid from pg_stat_activity
    where datname = current_database() and application_name like 'counterstep listen%'`;

  it('is slower, and listens again as soon as it may', async () => {
    await startVictim(system.url);
    const ms: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const startedMs = Date.now();
      const { sagaId } = await system.place({ style: styles[count % 2] ?? 'orchestration' });
      // Ended anew each time it comes back, until the saga has ended without it.
      await until('the saga ends', async () => {
        await admin.query(`select pg_terminate_backend(pid) from (${listener}) as l`);
        return (
          (await system.until(sagaId, () => true).catch(() => undefined))?.status === 'completed'
        );
      });
      ms.push(Date.now() - startedMs);
    }
    console.log(`without a listener: ${ms.join(', ')} ms`);
    // Five hops at a poll of 250 ms each, and as much again for a busy machine.
    expect(Math.max(...ms)).toBeLessThan(10_000);
    await until('it listens again', async () => (await admin.query(listener)).length === 1, 2_000);
    const { sagaId } = await system.place({});
    await system.until(sagaId, isDone);
    await expectSound(system, 6);
  });
});

describe('a pool whose only connection was reset', () => {
  it('gives the next caller a new one', async () => {
    const base = { url: proxy.url, searchPath: 'saga', size: 1 };
    const pool = createPool({ ...base, applicationName: 'reset-test' });
    const lost = proxy.loseReply(({ sql }) => sql === 'select 1 as one');
    const first = pool.query('select 1 as one').catch(() => 'reset');
    expect(await first).toBe('reset');
    expect(await pool.query('select 2 as two')).toEqual([{ two: 2 }]);
    await lost;
    await pool.end();
  });
});
