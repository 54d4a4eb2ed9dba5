import { randomUUID } from 'node:crypto';
import {
  clearFaults,
  createFaultGate,
  type FaultGate,
  type NewFault,
  setFault,
} from '@counterstep/db/faults';
import { createPool, type Pool } from '@counterstep/db/tx';
import { runAudit } from '@counterstep/services/audit';
import { serviceNames, services as schemas } from '@counterstep/services/services';
import { createRandom } from '@counterstep/testkit/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChaos } from './chaos.ts';
import { createGently } from './gently.ts';
import { untilQuiet } from './quiet.ts';
import { createServices, type Services } from './services.ts';
import { swiftFlow } from './swift.ts';
import { startSystem, type System } from './system.ts';
import { isLong } from './long.ts';

/** Hundreds of choreographed orders over a bus that shuffles, doubles and loses, and under faults. */

const seed = Number(process.env['CHAOS_SEED'] ?? (isLong ? Date.now() % 1_000_000 : 11));
const count = isLong ? 1_500 : 300;
const random = createRandom(seed);
const chaos = createChaos(random);

let system: System;
let everywhere: Pool;
let gate: FaultGate;
let services: Services;
let sagaIds: string[];

beforeAll(async () => {
  system = await startSystem();
  const pool = { searchPath: 'public', applicationName: 'chaos-test', size: 1 };
  everywhere = createPool({ url: system.url, ...pool });
  for (const fault of faults()) await setFault(system.saga, fault);
  gate = createFaultGate(system.saga, randomUUID(), (error) => console.error(error), random.next);
  await gate.start();
  services = createServices(system, { flow: swiftFlow, faults: gate, deliver: chaos.deliver });
  await services.start();
  const gently = createGently(6);
  const placed = await Promise.all(
    Array.from({ length: count }, () =>
      gently(() =>
        system.place({
          style: 'choreography',
          customerId: random.pick(['harbour-cafe', 'harbour-cafe', 'corner-kiosk']),
          lines: [{ sku: random.pick(['WAL-TRAY-02', 'MUG-STN-04', 'VAS-GLS-03']), quantity: 1 }],
        }),
      ),
    ),
  );
  sagaIds = placed.map(({ sagaId }) => sagaId);
  await untilQuiet(everywhere, 120_000);
}, 240_000);

afterAll(async () => {
  await services.stop();
  await gate.stop();
  await everywhere.end();
  await system.stop();
});

/** Nothing that would need a person: a counter-step that is told no for good waits for one. */
function faults(): NewFault[] {
  const names = ['order.create', 'inventory.reserve', 'payment.charge', 'shipment.initiate'];
  const undos = ['order.confirm', 'order.cancel', 'inventory.release', 'payment.refund'];
  const rule = (operation: string, rest: Pick<NewFault, 'kind'> & Partial<NewFault>): NewFault => ({
    service: operation.split('.')[0] ?? '',
    operation,
    ...rest,
  });
  return [
    ...names.map((name) => rule(name, { kind: 'reject', probability: 0.04 })),
    ...[...names, ...undos].flatMap((name) => [
      rule(name, { kind: 'fail-after-commit', probability: 0.08 }),
      rule(name, { kind: 'fail-before-commit', probability: 0.05 }),
      rule(name, { kind: 'delay', delayMs: 50, jitterMs: 400, probability: 0.05 }),
    ]),
  ];
}

async function statuses(): Promise<Record<string, number>> {
  const rows = await system.saga.query<{ status: string; count: number }>(
    'select status, count(*)::int from saga.instance where id = any($1::uuid[]) group by 1',
    [sagaIds],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** All that is on the books; equal when nothing was done in between. */
async function booksOf(): Promise<unknown> {
  const effects = serviceNames
    .map(
      (name) => `select saga_id, step, direction, outcome, at from ${schemas[name].schema}.effect`,
    )
    .join(' union all ');
  return everywhere.query(`select * from (${effects}) all_effects order by 1, 2, 3`);
}

async function violations(): Promise<unknown[]> {
  const audit = await runAudit({ databases: system.databases, saga: system.saga });
  return audit.invariants.flatMap((invariant) => invariant.violations);
}

describe(`${count} orders from seed ${seed}`, () => {
  it('all end, none lost', async () => {
    const ends = await statuses();
    const { completed = 0, compensated = 0 } = ends;
    expect({ ...ends, sum: completed + compensated }).toEqual({
      completed,
      compensated,
      sum: count,
    });
    expect(Math.min(completed, compensated)).toBeGreaterThan(count / 20);
  });

  it('none doubled: the books agree, and nothing was said twice', async () => {
    expect(await violations()).toEqual([]);
    const outboxes = serviceNames
      .map((name) => `select saga_id, type from ${schemas[name].schema}.outbox`)
      .join(' union all ');
    const twice = await everywhere.query(
      `select saga_id, type from (${outboxes}) said where type not like '%/attempt-failed'
        group by 1, 2 having count(*) > 1`,
    );
    expect(twice).toEqual([]);
  });

  it('the bus was as bad as it was meant to be', () => {
    const { deliveries, duplicates, reorderings, losses } = chaos.injected;
    process.stdout.write(
      `  chaos: ${count} orders, seed ${seed}: ${deliveries} deliveries, ${duplicates} duplicates, ` +
        `${reorderings} reorderings, ${losses} losses\n`,
    );
    expect(duplicates).toBeGreaterThan(count / 2);
    // Whole batches are lossy or not, and how large they are is a matter of speed.
    expect(losses).toBeGreaterThan(count / 4);
    // Most readers get one or two messages of a saga; only what they react to counts.
    expect(reorderings).toBeGreaterThan(count / 8);
  });

  it('every message once more, when all is over, changes nothing', async () => {
    await clearFaults(system.saga);
    await gate.refresh();
    const [before, ends] = [await booksOf(), await statuses()];
    await chaos.replayAll();
    await untilQuiet(everywhere, 60_000);
    expect(await booksOf()).toEqual(before);
    expect(await statuses()).toEqual(ends);
    expect(await violations()).toEqual([]);
  }, 90_000);
});
