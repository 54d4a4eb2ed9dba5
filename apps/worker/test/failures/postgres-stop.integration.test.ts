import { setTimeout as delay } from 'node:timers/promises';
import { launchBatch } from '@counterstep/db/batches';
import { startTestCluster, type TestCluster } from '@counterstep/db/testing';
import { createPool } from '@counterstep/db/tx';
import { migrateEverything } from '@counterstep/services/migrate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSystem, type System } from '../system.ts';
import { isLong } from '../long.ts';
import { endVictims, expectSound, startVictim, untilEnded } from './rig.ts';

/** Its own server, with fsync, since this one is to crash. */
let cluster: TestCluster;
let system: System;

beforeAll(async () => {
  cluster = await startTestCluster({
    isDurable: true,
    migrate: (main) => migrateEverything({ main }),
  });
});

afterAll(async () => {
  await cluster.stop();
});

beforeEach(async () => {
  system = await startSystem();
});

afterEach(async () => {
  await endVictims();
  await system.stop();
});

const orders = 200;
const sagas = 2 * orders;

interface Moved {
  readonly style: string;
  /** ms from the first connection that the server took. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** The database's time at the first connection that it takes. */
async function accepted(): Promise<Date> {
  for (;;) {
    const probe = createPool({
      url: system.url,
      searchPath: 'saga',
      applicationName: 'probe',
      size: 1,
    });
    const answer = await probe
      .query<{ now: Date }>('select clock_timestamp() as now')
      .catch(() => undefined);
    await probe.end();
    if (answer?.[0]) return answer[0].now;
    await delay(5);
  }
}

/** When sagas that were under way at the crash moved for the first time after it. */
function movesAfter(moment: Date): Promise<Moved[]> {
  return system.saga.query<Moved & object>(
    `with next as (
       select i.style, e.saga_id, min(e.at) as at
         from saga.event e join saga.instance i on i.id = e.saga_id
        where e.at > pg_postmaster_start_time()
          and exists (select from saga.event b
                       where b.saga_id = e.saga_id and b.at < pg_postmaster_start_time())
        group by 1, 2
     )
     select style, count(*)::int as count,
            round(extract(epoch from min(at) - $1::timestamptz) * 1000)::int as first,
            round(extract(epoch from max(at) - $1::timestamptz) * 1000)::int as last
       from next group by style order by style`,
    [moment],
  );
}

// A worker outlasts a short absence; one longer than its lease costs it its name, but not its process.
const absences = [
  ['longer than a lease', 6_000],
  ['a moment', 0],
] as const;

describe.each(isLong ? absences : absences.slice(0, 1))(
  'Postgres crashes in the middle of a launch and is away for %s',
  (_for, awayMs) => {
    it('the same processes go on within 5 s of its return, and nothing is lost', async () => {
      const workers = [await startVictim(system.url), await startVictim(system.url)];
      const { batchId } = await launchBatch(system.saga, {
        count: orders,
        style: 'both',
        ratePerSecond: 150,
        seed: 8,
      });
      await untilEnded(system, batchId, 100);
      await cluster.crash();
      await delay(awayMs);
      const [moment] = await Promise.all([accepted(), cluster.restart()]);
      await untilEnded(system, batchId, sagas);
      const moved = await movesAfter(moment);
      for (const { style, first, last, count } of moved) {
        console.log(`${style}: ${count} sagas moved again ${first} to ${last} ms after its return`);
      }
      expect(workers.map((worker) => worker.isRunning)).toEqual([true, true]);
      expect(Math.max(...workers.map((worker) => worker.incarnations()))).toBeLessThanOrEqual(2);
      await expectSound(system, sagas);
      expect(moved.map(({ style }) => style)).toEqual(['choreography', 'orchestration']);
      expect(Math.max(...moved.map(({ last }) => last))).toBeLessThanOrEqual(15_000);
    }, 60_000);
  },
);
