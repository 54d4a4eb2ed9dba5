import { randomUUID } from 'node:crypto';
import { isTerminal, sagaStatuses } from '@counterstep/saga-core/machine';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSaga } from '../src/commands/index.ts';
import { createRetention, retireBatch } from '../src/retention/index.ts';
import { createSagaStore } from '../src/store/index.ts';
import type { Pool } from '../src/tx/index.ts';
import { count, openPools, type TestPools } from './pools.ts';
import { acceptTrips, dispatched, trip, writeOf } from './trip.ts';

const policy = { days: 30, mode: 'delete' } as const;

let pools: TestPools;
let pool: Pool;
let owner: Pool;

beforeAll(async () => {
  pools = await openPools('retention-test');
  ({ pool, owner } = pools);
});
afterAll(() => pools.stop());
beforeEach(async () => {
  await owner.query(
    `truncate saga.instance, saga.event, saga.ready, saga.mailbox, saga.held_message, saga.archive,
              saga.retired, saga.idempotency`,
  );
});

/** Sagas that ended so many days ago, with a letter and a held message each. */
async function ended(n: number, daysAgo: number, status = 'completed'): Promise<string[]> {
  const ids = await acceptTrips(pool, n);
  await owner.query('delete from saga.ready where saga_id = any($1::uuid[])', [ids]);
  await owner.query(
    `update saga.instance set status = $2, finished_at = now() - $3::int * interval '1 day'
      where id = any($1::uuid[])`,
    [ids, status, daysAgo],
  );
  await owner.query(
    `insert into saga.mailbox (saga_id, position, kind, reason, actor)
     select id, 1, 'pause', 'r', 'a' from unnest($1::uuid[]) id`,
    [ids],
  );
  await owner.query(
    `insert into saga.held_message (saga_id, message_id, message)
     select id, id, '{}' from unnest($1::uuid[]) id`,
    [ids],
  );
  return ids;
}

const tables = [
  'instance where id',
  'event where saga_id',
  'mailbox where saga_id',
  'held_message where saga_id',
];

/** Rows of a saga in each of its tables. */
const rowsOf = (sagaId: string) =>
  Promise.all(tables.map((table) => count(owner, `saga.${table} = $1`, [sagaId])));

describe('retiring', () => {
  it('takes old sagas whole, oldest first, so many at a time, and leaves a mark of each', async () => {
    const older = await ended(3, 60);
    const old = await ended(4, 40);
    expect(await retireBatch(pool, policy, 5)).toBe(5);
    expect(
      await count(pool, 'saga.instance where id = any($1::uuid[])', [`{${older.join()}}`]),
    ).toBe(0);
    const left = await pool.query<{ id: string }>('select id from saga.instance');
    expect(left.length).toBe(2);
    expect(left.every(({ id }) => old.includes(id))).toBe(true);
    expect(await rowsOf(older[0] ?? '')).toEqual([0, 0, 0, 0]);
    expect(await rowsOf(left[0]?.id ?? '')).toEqual([1, 1, 1, 1]);
    expect(await count(pool, 'saga.retired')).toBe(5);
    expect(await count(pool, 'saga.archive')).toBe(0);
    expect([await retireBatch(pool, policy, 5), await retireBatch(pool, policy, 5)]).toEqual([
      2, 0,
    ]);
  });

  it('leaves those that ended lately', async () => {
    const [young] = await ended(1, 29);
    expect(await retireBatch(pool, policy)).toBe(0);
    expect(await rowsOf(young ?? '')).toEqual([1, 1, 1, 1]);
  });

  it.each(sagaStatuses)('of a saga that is %s happens only if that is an end', async (status) => {
    const [id] = await ended(1, 90, status);
    expect(await retireBatch(pool, policy)).toBe(isTerminal(status) ? 1 : 0);
    expect(await count(pool, 'saga.instance where id = $1', [id ?? ''])).toBe(
      isTerminal(status) ? 0 : 1,
    );
  });

  it('leaves what is owned, queued, or locked by somebody', async () => {
    const [owned, queued, locked] = await ended(3, 90);
    await owner.query('update saga.instance set owner = $2 where id = $1', [
      owned ?? '',
      randomUUID(),
    ]);
    await owner.query(`insert into saga.ready values ($1, now(), 'trip@1')`, [queued ?? '']);
    await owner.transaction(async (tx) => {
      await tx.query('select 1 from saga.instance where id = $1 for update', [locked ?? '']);
      expect(await retireBatch(pool, policy)).toBe(0);
    });
    expect(await retireBatch(pool, policy)).toBe(1);
    expect(await rowsOf(locked ?? '')).toEqual([0, 0, 0, 0]);
  });

  it('that fails half-way leaves everything', async () => {
    const [id] = await ended(1, 90);
    await owner.query(
      `create function saga.refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$`,
    );
    await owner.query(
      'create trigger refuse before delete on saga.instance for each row execute function saga.refuse()',
    );
    try {
      await expect(retireBatch(pool, { ...policy, mode: 'archive' })).rejects.toThrow('no');
      expect(await rowsOf(id ?? '')).toEqual([1, 1, 1, 1]);
      expect(await count(pool, 'saga.archive')).toBe(0);
      expect(await count(pool, 'saga.retired')).toBe(0);
    } finally {
      await owner.query('drop function saga.refuse() cascade');
    }
  });

  it('with an archive keeps the row and the log, in order', async () => {
    const [id = ''] = await ended(1, 90);
    await owner.query(
      `insert into saga.event (saga_id, seq, type, data, actor) values ($1, 2, 'SagaCompleted', '{}', 'w')`,
      [id],
    );
    expect(await retireBatch(pool, { ...policy, mode: 'archive' })).toBe(1);
    const [kept] = await pool.query<{
      instance: { id: string; input: object };
      events: { seq: number; type: string }[];
    }>('select instance, events from saga.archive where saga_id = $1', [id]);
    expect(kept?.instance).toMatchObject({ id, input: { city: 'Lisbon' } });
    expect(kept?.events.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'SagaAccepted'],
      [2, 'SagaCompleted'],
    ]);
    expect(await rowsOf(id)).toEqual([0, 0, 0, 0]);
  });

  it('of many workers at once is done by one at a time, and each saga once', async () => {
    await ended(50, 90);
    const counts = await Promise.all(
      Array.from({ length: 6 }, () => retireBatch(pool, policy, 20)),
    );
    const first = counts.reduce((sum, n) => sum + n, 0);
    expect(first).toBe(50 - (await count(pool, 'saga.instance')));
    expect(await count(pool, 'saga.retired')).toBe(first);
  });

  it('goes on batch after batch until nothing old is left', async () => {
    await ended(450, 90);
    const errors: unknown[] = [];
    const retention = createRetention({ pool, policy, onError: (error) => errors.push(error) });
    await retention.start();
    await expect.poll(() => count(pool, 'saga.instance'), { timeout: 10_000 }).toBe(0);
    await retention.stop();
    await retention.stop();
    expect(errors).toEqual([]);
  });
});

describe('a key whose saga was retired', () => {
  it('still stands for it: nothing starts a second time', async () => {
    const request = { input: { city: 'Lisbon' }, idempotencyKey: 'k', actor: 'api' };
    const { sagaId } = await startSaga(pool, trip, request);
    await owner.query('truncate saga.ready');
    await owner.query(
      `update saga.instance set status = 'completed', finished_at = now() - interval '90 days'`,
    );
    expect(await retireBatch(pool, policy)).toBe(1);
    expect(await startSaga(pool, trip, request)).toEqual({ sagaId, duplicate: true });
    await expect(
      startSaga(pool, trip, { ...request, input: { city: 'Porto' } }),
    ).rejects.toMatchObject({ code: 'KEY_REUSED' });
    expect(await count(pool, 'saga.instance')).toBe(0);
  });
});

describe('the way to the old', () => {
  it('is the index of ends, also when the statistics know of no rows', async () => {
    await owner.query('analyze saga.instance');
    await owner.query(
      `insert into saga.instance (id, definition, version, style, status, input, summary, seq, finished_at)
       select gen_random_uuid(), 'trip', 1, 'orchestration', 'completed', '{}', '{}', 1, now() - n * interval '1 second'
         from generate_series(1, 20000) n`,
    );
    await ended(3, 90);
    const read = async () => {
      await pool.query('select pg_stat_force_next_flush()');
      await owner.query('select pg_stat_clear_snapshot()');
      const [row] = await owner.query<{ n: string }>(
        `select seq_tup_read + idx_tup_fetch as n from pg_stat_user_tables where relname = 'instance'`,
      );
      return Number(row?.n);
    };
    const before = await read();
    expect(await retireBatch(pool, policy)).toBe(3);
    expect((await read()) - before).toBeLessThan(100);
  });

  it('costs steps nothing: their updates stay heap-only', async () => {
    await acceptTrips(pool, 1);
    const store = createSagaStore(pool, randomUUID());
    const [saga] = await store.claim(1, ['trip@1']);
    if (!saga) throw new Error('Nothing to claim.');
    await store.write([writeOf(saga, [dispatched])]);
    const hot = async () => {
      await pool.query('select pg_stat_force_next_flush()');
      const [row] = await owner.query<{ n: string }>(
        `select n_tup_hot_upd as n from pg_stat_user_tables where relname = 'instance'`,
      );
      return Number(row?.n);
    };
    const before = await hot();
    const next = { ...writeOf(saga, [dispatched]), baseSeq: saga.seq + 1 };
    await store.write([
      {
        ...next,
        events: [{ ...dispatched, actor: 'w' }],
        state: { ...next.state, seq: saga.seq + 2 },
      },
    ]);
    expect((await hot()) - before).toBe(1);
  });
});

describe('the engine role', () => {
  it.each([
    'delete from saga.event',
    'delete from saga.archive',
    'delete from saga.retired',
    'insert into saga.retired (saga_id) select gen_random_uuid()',
  ])('may not: %s', async (statement) => {
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('alone may retire: no service may', async () => {
    await expect(
      owner.transaction(async (tx) => {
        await tx.query('set local role counterstep_payment');
        await tx.query(`select saga.retire(now(), 'delete', 1)`);
      }),
    ).rejects.toMatchObject({ code: '42501' });
    const [row] = await owner.query<{ roles: string }>(
      `select string_agg(a.grantee::regrole::text, ', ') as roles
         from pg_proc p cross join lateral aclexplode(p.proacl) a
        where p.oid = 'saga.retire(timestamptz, text, integer)'::regprocedure
          and a.grantee <> p.proowner`,
    );
    expect(row?.roles).toBe('counterstep_engine');
  });

  it('is told what retire() takes', async () => {
    await expect(pool.query(`select saga.retire(now(), 'shred', 1)`)).rejects.toMatchObject({
      code: '22023',
    });
  });
});
