import { createPool, type Param, type Pool } from '@counterstep/db/tx';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compensatable, compensated, completed, empty, record } from '../../test/ended-sagas.ts';
import {
  anOrder,
  forward,
  startServices,
  stock,
  type TestServices,
  walk,
  walkBack,
} from '../../test/services.ts';
import { uuidV7 } from '../place-order/ids.ts';
import { runAudit } from './index.ts';

let services: TestServices;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.stop());
beforeEach(async () => {
  await empty(services);
  await stock(services.owner, { MUG: 1_000 });
});

const audit = () =>
  runAudit({ databases: services.databases, saga: services.owner, recheckAfterMs: 10 });

/** Names of the broken invariants. */
async function broken(): Promise<string[]> {
  const { invariants } = await audit();
  return invariants.filter((i) => i.violations.length > 0).map((i) => i.name);
}

/** Past the services: as somebody with a database shell, or a bug below them, would. */
const corrupt = (sql: string, params: string[] = []) => services.owner.query(sql, params);

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

/** Rows of the log that a plan has read, each as often as it did. */
function eventsRead(node: PlanNode): number {
  const own = node['Relation Name'] === 'event' ? node['Actual Rows'] * node['Actual Loops'] : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + eventsRead(child), own);
}

describe('the audit', () => {
  it('finds nothing wrong with sagas that ended well, and says what it looked at', async () => {
    await completed(services);
    await compensated(services);
    const report = await audit();
    expect(report.invariants.flatMap((i) => i.violations)).toEqual([]);
    const rows = Object.fromEntries(report.invariants.map((i) => [i.name, i.rowsChecked]));
    expect(rows).toMatchObject({
      'stock-reserved': 1,
      'order-rows': 2,
      'reservation-rows': 2,
      'payment-rows': 2,
      'shipment-rows': 1,
      'completed-sagas': 1,
      'compensated-sagas': 1,
      'gapless-log': 2,
    });
  });

  it('counts sagas that are still moving instead of judging them', async () => {
    const order = anOrder();
    const sagaId = await walk(services, order, ['order.create']);
    await record(services, sagaId, order, 'pending');
    const { invariants } = await audit();
    expect(invariants.flatMap((i) => i.violations)).toEqual([]);
    expect(invariants.find((i) => i.name === 'completed-sagas')?.inFlight).toBe(1);
  });

  it('reports nothing while orders go through the services, forward and back', async () => {
    let audits = 0;
    const traffic = async () => {
      while (audits < 5) {
        const order = anOrder();
        const sagaId = await walk(services, order, compensatable);
        if (Math.random() < 0.5) await walk(services, order, forward.slice(3), sagaId);
        else await walkBack(services, sagaId, order, compensatable.toReversed());
      }
    };
    const watch = async () => {
      for (; audits < 5; audits += 1) {
        const { invariants } = await runAudit({
          databases: services.databases,
          saga: services.owner,
          recheckAfterMs: 100,
        });
        expect(invariants.flatMap((i) => i.violations)).toEqual([]);
      }
    };
    await Promise.all([watch(), traffic(), traffic(), traffic()]);
  });

  it('does not report what has mended itself by the second look', async () => {
    const sagaId = await completed(services);
    await corrupt(`update payment.payment set refunded = 1 where saga_id = $1`, [sagaId]);
    const running = runAudit({
      databases: services.databases,
      saga: services.owner,
      recheckAfterMs: 1_000,
    });
    setTimeout(() => {
      void corrupt(`update payment.payment set refunded = 0 where saga_id = $1`, [sagaId]);
    }, 500);
    const { invariants } = await running;
    expect(invariants.flatMap((i) => i.violations)).toEqual([]);
    expect(invariants.find((i) => i.name === 'payment-rows')?.inFlight).toBe(1);
  });

  it.each([
    [
      'stock that is reserved for nobody',
      `update inventory.stock set reserved = reserved + 1`,
      ['stock-reserved'],
    ],
    [
      'a lost reservation',
      `delete from inventory.reservation where saga_id = $1`,
      ['stock-reserved', 'reservation-rows', 'completed-sagas'],
    ],
    [
      'a reservation of another quantity',
      `update inventory.reservation set quantity = 9 where saga_id = $1`,
      ['stock-reserved', 'reservation-rows'],
    ],
    [
      'a reservation that was let go',
      `update inventory.reservation set status = 'released' where saga_id = $1`,
      ['stock-reserved', 'reservation-rows', 'completed-sagas'],
    ],
    [
      'a lost order',
      `delete from orders.customer_order where saga_id = $1`,
      ['order-rows', 'shipped-is-paid', 'completed-sagas'],
    ],
    [
      'an order of another total',
      `update orders.customer_order set total = total + 1 where saga_id = $1`,
      ['order-rows', 'shipped-is-paid', 'completed-sagas'],
    ],
    [
      'an order that is not confirmed',
      `update orders.customer_order set status = 'pending' where saga_id = $1`,
      ['order-rows', 'completed-sagas'],
    ],
    [
      'a lost payment',
      `delete from payment.payment where saga_id = $1`,
      ['payment-rows', 'shipped-is-paid', 'completed-sagas'],
    ],
    [
      'a payment of another amount',
      `update payment.payment set amount = amount - 1 where saga_id = $1`,
      ['payment-rows', 'shipped-is-paid', 'completed-sagas'],
    ],
    [
      'money that went back',
      `update payment.payment set refunded = amount where saga_id = $1`,
      ['payment-rows', 'shipped-is-paid', 'completed-sagas'],
    ],
    [
      'a lost shipment',
      `delete from shipment.shipment where saga_id = $1`,
      ['shipment-rows', 'completed-sagas'],
    ],
    [
      'a lost effect',
      `delete from shipment.effect where saga_id = $1`,
      ['shipment-rows', 'completed-sagas'],
    ],
    [
      'a gap in the log',
      `insert into saga.event (saga_id, seq, type, data, actor) values ($1, 3, 'SagaCompleted', '{}', 'test')`,
      ['gapless-log'],
    ],
    [
      'a finished saga that is queued',
      `insert into saga.ready values ($1, now(), 'place-order@1')`,
      ['terminal-at-rest'],
    ],
    [
      'a finished saga that is owned',
      `update saga.instance set owner = id where id = $1`,
      ['terminal-at-rest'],
    ],
  ] as const)('finds %s', async (_what, sql, names) => {
    const sagaId = await completed(services);
    await completed(services);
    await corrupt(sql, sql.includes('$1') ? [sagaId] : []);
    expect(await broken()).toEqual(names);
    const { invariants } = await audit();
    const named = invariants.flatMap((i) => i.violations.map((v) => v.sagaId)).filter(Boolean);
    expect(new Set(named)).toEqual(new Set(sql.includes('$1') ? [sagaId] : []));
  });

  it.each([
    [
      'a refund that never came',
      `update payment.payment set refunded = 0 where saga_id = $1`,
      ['payment-rows', 'compensated-sagas'],
    ],
    [
      'goods that are still held',
      `update inventory.reservation set status = 'held' where saga_id = $1`,
      ['stock-reserved', 'reservation-rows', 'compensated-sagas'],
    ],
    [
      'an order that lives on',
      `update orders.customer_order set status = 'pending' where saga_id = $1`,
      ['order-rows', 'compensated-sagas'],
    ],
    [
      'an undo that left no effect',
      `delete from payment.effect where saga_id = $1 and direction = 'compensation'`,
      ['payment-rows', 'compensated-sagas'],
    ],
    [
      'a parcel that left all the same',
      `insert into shipment.shipment values ($1, $1, 'CS1', 1)`,
      ['shipment-rows', 'shipped-is-paid', 'compensated-sagas'],
    ],
  ] as const)('finds %s', async (_what, sql, names) => {
    const sagaId = await compensated(services);
    await corrupt(sql, [sagaId]);
    expect(await broken()).toEqual(names);
  });

  it('finds more refunded than captured, once the database does not prevent it', async () => {
    const sagaId = await compensated(services);
    await corrupt('alter table payment.payment drop constraint payment_refunded');
    await corrupt('update payment.payment set refunded = amount + 1 where saga_id = $1', [sagaId]);
    expect(await broken()).toContain('refund-bounds');
    await services.owner.query('truncate payment.payment');
    await services.owner.query(
      `alter table payment.payment add constraint payment_refunded check (0 <= refunded and refunded <= amount)`,
    );
  });

  it('finds a row whose saga nobody knows', async () => {
    await corrupt(
      `insert into payment.payment (saga_id, payment_id, order_id, customer_id, amount, token)
       values ($1, 'pay_1', $1, 'harbour-cafe', 5, 'tok_1')`,
      [uuidV7()],
    );
    expect(await broken()).toEqual(['payment-rows']);
  });

  it.each([
    ['nobody will ever run', 'delete from saga.ready'],
    ['whose owner is gone', 'update saga.instance set owner = id'],
  ])('finds a moving saga that %s', async (_what, sql) => {
    const order = anOrder();
    await record(services, uuidV7(), order, 'pending');
    expect(await broken()).toEqual([]);
    await corrupt(sql);
    expect(await broken()).toEqual(['one-place']);
  });

  it("finds an operator's act that left no audit row", async () => {
    const sagaId = await completed(services);
    await corrupt(
      `insert into saga.event (saga_id, seq, type, data, actor) values ($1, 2, 'OperatorActed', '{}', 'test')`,
      [sagaId],
    );
    await corrupt('update saga.instance set seq = 2');
    expect(await broken()).toEqual(['operator-acts']);
  });

  it('finds an acknowledged order that is lost', async () => {
    const sagaId = await completed(services);
    const key = `insert into saga.idempotency (key, saga_id, request_hash, acknowledged_at)
                 values ($1, $2, 'x', now())`;
    await corrupt(key, ['harbour-cafe/1', sagaId]);
    expect(await broken()).toEqual([]);
    await corrupt(key, ['harbour-cafe/2', uuidV7()]);
    expect(await broken()).toEqual(['acknowledged-orders']);
  });

  it('walks through more sagas than fit into one stretch, and counts what nobody would read', async () => {
    await services.owner.query(
      `insert into payment.effect (saga_id, step, direction, generation, outcome)
       select gen_random_uuid(), 'payment.charge', 'action', 1, 'applied' from generate_series(1, 4500)`,
    );
    const { invariants } = await audit();
    const payments = invariants.find((i) => i.name === 'payment-rows');
    expect(payments?.violations).toHaveLength(1_000);
    expect(payments?.unlisted).toBe(3_500);
  });

  it('reads each event once, also of sagas that came after the last statistics', async () => {
    const add = (count: number) =>
      services.owner.query(
        `with added as (
           insert into saga.instance (id, definition, version, style, status, input, summary, seq)
           select overlay($1::text placing lpad(to_hex(n), 12, '0') from 25)::uuid,
                  'trip', 1, 'orchestration', 'completed', '{}', '{}', 2
             from generate_series(1, $2::int) n
           returning id)
         insert into saga.event (saga_id, seq, type, data, actor)
         select id, seq, 'SagaAccepted', '{}', 'test' from added, generate_series(1, 2) seq`,
        [uuidV7(), count],
      );
    for (const table of ['instance', 'event']) {
      await services.owner.query(`alter table saga.${table} set (autovacuum_enabled = false)`);
    }
    await add(3_000);
    await services.owner.query('analyze saga.instance, saga.event');
    await add(7_000);
    const reads: number[] = [];
    const explaining: Pool = {
      ...services.owner,
      async query<R extends object>(sql: string, params: readonly Param[] = []) {
        if (!sql.includes('operatorSeqs')) return services.owner.query<R>(sql, params);
        const [row] = await services.owner.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
          `explain (analyze, format json) ${sql}`,
          params,
        );
        if (row) reads.push(eventsRead(row['QUERY PLAN'][0].Plan));
        return [];
      },
    };
    await runAudit({ databases: services.databases, saga: explaining, recheckAfterMs: 10 });
    expect(reads.reduce((sum, read) => sum + read, 0)).toBe(2 * 10_000);
  });

  it('says that it was ended, and what to do, when the database gives a read no more time', async () => {
    const hurried = createPool({
      url: services.url,
      searchPath: 'saga',
      applicationName: 'hurried',
      statementTimeoutMs: 400,
      lockTimeoutMs: 10_000,
    });
    await services.owner.transaction(async (tx) => {
      await tx.query('lock table saga.event in access exclusive mode');
      await expect(
        runAudit({ databases: services.databases, saga: hurried, recheckAfterMs: 10 }),
      ).rejects.toThrow(/took longer than the database lets .* Check again/);
    });
    await hurried.end();
  });
});
