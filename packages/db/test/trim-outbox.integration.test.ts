import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CursorTable } from '../src/bus/index.ts';
import { outboxHoursFrom, trimOutbox } from '../src/retention/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';
import { openPools, type TestPools } from './pools.ts';

let pools: TestPools;
let orders: Pool;
let readers: readonly CursorTable[];

beforeAll(async () => {
  pools = await openPools('trim-test');
  orders = createPool({
    url: pools.url,
    role: 'counterstep_order',
    searchPath: 'orders',
    applicationName: 'trim-test',
  });
  readers = [
    { db: orders, table: 'subscription', source: 'order' },
    { db: pools.pool, table: 'saga.tracker_cursor', source: 'order' },
  ];
});

beforeEach(async () => {
  await pools.owner.query(
    'truncate orders.outbox, orders.subscription, saga.tracker_cursor, saga.instance, saga.retired',
  );
});

afterAll(async () => {
  await orders.end();
  await pools.stop();
});

/** So many sagas of some status that ended so many hours ago, with two messages each from then. */
async function sagas(count: number, status: string, hoursAgo: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (): string => randomUUID());
  await pools.owner.query(
    `insert into saga.instance (id, definition, version, style, status, input, summary, seq, finished_at)
     select id, 'x', 1, 'choreography', $2::text, '{}', '{}', 1,
            case when $2 in ('completed', 'compensated', 'resolved')
                 then now() - make_interval(hours => $3) end
       from unnest($1::uuid[]) id`,
    [ids, status, hoursAgo],
  );
  await orders.query(
    `insert into outbox (partition, message_id, saga_id, type, envelope, at)
     select ('x' || right(id::text, 4))::bit(16)::int % 8, gen_random_uuid(), id, 'T', '{}',
            now() - make_interval(hours => $2)
       from unnest($1::uuid[]) id, generate_series(1, 2)`,
    [ids, hoursAgo],
  );
  return ids;
}

/** Moves a reader behind everything that is there. */
async function pass({ db, table, source }: CursorTable): Promise<void> {
  const [end] = await orders.query<{ xid: string; id: string }>(
    'select xid, id from outbox order by xid desc, id desc limit 1',
  );
  await db.query(
    `insert into ${table} (source, partition, cursor_xid, cursor_id)
     select $1, p, $2::text::xid8, $3::text::bigint from generate_series(0, 7) p
     on conflict (source, partition) do update
        set cursor_xid = excluded.cursor_xid, cursor_id = excluded.cursor_id`,
    [source, end?.xid ?? '0', end?.id ?? '0'],
  );
}

const passAll = () => Promise.all(readers.map((reader) => pass(reader)));
const trim = (hours = 72, isStopping = () => false) =>
  trimOutbox({ saga: pools.pool, outbox: orders, readers, hours, isStopping });
const left = async () => {
  const rows = await orders.query<{ saga_id: string }>('select distinct saga_id from outbox');
  return new Set(rows.map((row) => row.saga_id));
};

describe('trimming an outbox', () => {
  it('deletes what all have passed of sagas that ended long ago, and nothing else', async () => {
    await sagas(20, 'completed', 100);
    const young = await sagas(5, 'completed', 10);
    const stuck = await sagas(5, 'stuck', 500);
    await passAll();
    expect(await trim()).toBe(40);
    expect(await left()).toEqual(new Set([...young, ...stuck]));
  });

  it('never deletes what a reader has not passed', async () => {
    const passed = await sagas(10, 'completed', 100);
    await passAll();
    const unread = await sagas(10, 'completed', 100);
    await pass(readers[0] as CursorTable);
    expect(await trim()).toBe(20);
    expect(await left()).toEqual(new Set(unread));
    expect(passed.some((id) => unread.includes(id))).toBe(false);
  });

  it('deletes nothing while one reader has never begun', async () => {
    await sagas(10, 'completed', 100);
    await pass(readers[0] as CursorTable);
    expect(await trim()).toBe(0);
  });

  it('counts sagas that have been retired as ended', async () => {
    const ids = await sagas(3, 'completed', 100);
    await pools.owner.query('insert into saga.retired (saga_id) select unnest($1::uuid[])', [ids]);
    await pools.owner.query('delete from saga.instance');
    await passAll();
    expect(await trim()).toBe(6);
  });

  it('goes on behind many that have to stay', async () => {
    await sagas(3_000, 'stuck', 500);
    await sagas(10, 'completed', 100);
    await passAll();
    expect(await trim()).toBe(20);
  });

  it('is done by one worker at a time', async () => {
    await sagas(10, 'completed', 100);
    await passAll();
    const other = await pools.owner.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('counterstep outbox retention'))`);
      return trim();
    });
    expect(other).toBe(0);
    expect(await trim()).toBe(20);
  });
});

describe('OUTBOX_RETENTION_HOURS', () => {
  it('is a number of hours, 72 unless it is set', () => {
    expect(outboxHoursFrom({})).toBe(72);
    expect(outboxHoursFrom({ OUTBOX_RETENTION_HOURS: '0.5' })).toBe(0.5);
  });

  it.each(['0', '-1', 'soon', '1e9'])('refuses %s with a sentence', (text) => {
    expect(() => outboxHoursFrom({ OUTBOX_RETENTION_HOURS: text })).toThrow(
      'OUTBOX_RETENTION_HOURS takes a number of hours',
    );
  });
});
