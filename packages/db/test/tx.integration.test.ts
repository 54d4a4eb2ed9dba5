import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import {
  CommitUnknownError,
  createPool,
  isInfrastructure,
  type Param,
  type Pool,
  RowCountError,
  type Statement,
  uniqueViolation,
} from '../src/tx/index.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({
    url: database.url,
    searchPath: 'public',
    applicationName: 'tx-test',
    size: 4,
    acquireTimeoutMs: 20_000,
  });
  await pool.query('create table mark (tag text, n int, xid xid8 default pg_current_xact_id())');
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const mark = (tag: string, n: number): Statement => ({
  text: 'insert into mark (tag, n) values ($1, $2)',
  params: [tag, n],
  rows: 1,
});

/** Each transaction leaves three marks or none. */
async function marksByTag(): Promise<Map<string, { count: number; transactions: number }>> {
  const rows = await pool.query<{ tag: string; count: string; transactions: string }>(
    'select tag, count(*), count(distinct xid::text) as transactions from mark group by tag',
  );
  return new Map(
    rows.map((row) => [
      row.tag,
      { count: Number(row.count), transactions: Number(row.transactions) },
    ]),
  );
}

describe('transactions', () => {
  it('keep their statements together, also when more are pipelined than one connection queues', async () => {
    const tags = Array.from({ length: 60 }, () => randomUUID());
    await Promise.all(
      tags.map((tag) =>
        pool.transaction(async (tx) => {
          await tx.query('insert into mark (tag, n) values ($1, 1)', [tag]);
          const filler = Array.from({ length: 150 }, (_, n) => tx.query('select $1::int', [n]));
          await Promise.all([
            tx.query('insert into mark (tag, n) values ($1, 2)', [tag]),
            ...filler,
          ]);
          await tx.query('insert into mark (tag, n) values ($1, 3)', [tag]);
        }),
      ),
    );
    const marks = await marksByTag();
    for (const tag of tags) expect(marks.get(tag)).toEqual({ count: 3, transactions: 1 });
  });

  it('leave nothing behind when they throw', async () => {
    const tag = randomUUID();
    const run = pool.transaction(async (tx) => {
      await tx.query('insert into mark (tag, n) values ($1, 1)', [tag]);
      throw new Error('changed my mind');
    });
    await expect(run).rejects.toThrow('changed my mind');
    expect((await marksByTag()).has(tag)).toBe(false);
  });

  it('say so when a statement that nobody awaited has failed', async () => {
    const run = pool.transaction((tx) => {
      tx.query('select 1 / 0 as broken, $1::int', [1]).catch(() => undefined);
      return Promise.resolve();
    });
    await expect(run).rejects.toThrow('rolled back');
  });

  it('are repeated, not in doubt, when the server ended them idle before it saw their commit', async () => {
    const hasty = createPool({
      url: database.url,
      searchPath: 'public',
      applicationName: 'hasty',
      idleInTransactionMs: 300,
    });
    const tag = randomUUID();
    let runs = 0;
    await hasty.transaction(async (tx) => {
      runs += 1;
      await tx.query('insert into mark (tag, n) select $1, n from generate_series(1, 2) n', [tag]);
      tx.last(mark(tag, 3));
      // A process that is busy for longer than it may hold a transaction open; nothing is heard meanwhile.
      if (runs === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 900);
    });
    expect(runs).toBeGreaterThanOrEqual(2);
    expect((await marksByTag()).get(tag)).toEqual({ count: 3, transactions: 1 });
    await hasty.end();
  });

  it('are repeated, not in doubt, when their connection was gone before their commit', async () => {
    const fragile = createPool({
      url: database.url,
      searchPath: 'public',
      applicationName: 'fragile',
    });
    const tag = randomUUID();
    let runs = 0;
    await fragile.transaction(async (tx) => {
      runs += 1;
      const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await tx.query('insert into mark (tag, n) select $1, n from generate_series(1, 2) n', [tag]);
      tx.last(mark(tag, 3));
      if (runs > 1) return;
      await pool.query('select pg_terminate_backend($1, 5000)', [own?.pid ?? 0]);
      // Heard of before the transaction goes on: the connection refuses what is sent from then on.
      await expect(tx.query('select 1')).rejects.toThrow();
    });
    expect(runs).toBe(2);
    expect((await marksByTag()).get(tag)).toEqual({ count: 3, transactions: 1 });
    await fragile.end();
  });

  it('are whole or absent when their connections are killed at any moment', async () => {
    const killer = createPool({
      url: database.url,
      searchPath: 'public',
      applicationName: 'killer',
      size: 1,
    });
    const acknowledged: string[] = [];
    const rolledBack: string[] = [];
    let running = true;
    const kills = (async () => {
      for (let count = 0; running && count < 200; count += 1) {
        await killer.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'tx-test' order by random() limit 1`,
        );
      }
    })();
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const tag = randomUUID();
        try {
          await pool.transaction(async (tx) => {
            await tx.query('insert into mark (tag, n) values ($1, 1)', [tag]);
            for (const n of [2, 3]) {
              const { text, params } = mark(tag, n);
              if (index % 2 === 0) await tx.query(text, params);
              else tx.last(mark(tag, n));
            }
          });
          acknowledged.push(tag);
        } catch (error) {
          const isKnown = isInfrastructure(error) || error instanceof CommitUnknownError;
          if (!isKnown) throw error;
          if (!(error instanceof CommitUnknownError)) rolledBack.push(tag);
        }
      }),
    );
    running = false;
    await kills;
    await killer.end();
    const marks = await marksByTag();
    for (const { count, transactions } of marks.values()) {
      expect({ count, transactions }).toEqual({ count: 3, transactions: 1 });
    }
    for (const tag of acknowledged) expect(marks.has(tag)).toBe(true);
    for (const tag of rolledBack) expect(marks.has(tag)).toBe(false);
    expect(acknowledged.length).toBeGreaterThan(0);
  });
});

describe('the last statements of a transaction', () => {
  const leaves = async (tag: string) => (await marksByTag()).get(tag)?.count ?? 0;
  const withFirst = (tag: string, ...last: readonly Statement[]) =>
    pool.transaction(async (tx) => {
      await tx.query('insert into mark (tag, n) values ($1, 1)', [tag]);
      for (const statement of last) tx.last(statement);
    });

  it('are committed together with what came before them', async () => {
    const tag = randomUUID();
    await withFirst(tag, mark(tag, 2), mark(tag, 3));
    expect((await marksByTag()).get(tag)).toEqual({ count: 3, transactions: 1 });
  });

  it.each([0, 2])('undo everything when one changes %i rows instead of one', async (rows) => {
    const tag = randomUUID();
    const wrong: Statement = {
      text: 'insert into mark (tag, n) select $1, n from generate_series(1, $2::int) n',
      params: [tag, rows],
      rows: 1,
    };
    const run = withFirst(tag, wrong, mark(tag, 3));
    await expect(run).rejects.toThrow(RowCountError);
    await expect(run).rejects.toThrow('Not 1 rows: insert into mark (tag, n)');
    expect(await leaves(tag)).toBe(0);
  });

  it('undo everything when one fails, and say why', async () => {
    await pool.query('create table single (id int primary key)');
    const tag = randomUUID();
    const twice = { text: 'insert into single values ($1), ($1)', params: [1] };
    const run = withFirst(tag, mark(tag, 2), twice, mark(tag, 3));
    await expect(run).rejects.toMatchObject({ code: uniqueViolation });
    expect(await leaves(tag)).toBe(0);
  });

  it('are not committed when one of them cannot be sent', async () => {
    const tag = randomUUID();
    // As plain JavaScript may do it.
    const params = [tag, undefined] as unknown as Param[];
    const run = withFirst(tag, mark(tag, 2), { text: mark(tag, 3).text, params });
    await expect(run).rejects.toThrow('A parameter is undefined; give null.');
    expect(await leaves(tag)).toBe(0);
  });

  it.each([1, undefined])(
    'are not carried out by themselves when the server has forgotten them (rows: %s)',
    async (rows) => {
      const one = createPool({
        url: database.url,
        searchPath: 'public',
        applicationName: 'forgetful',
        size: 1,
      });
      const place = (tag: string) =>
        one.transaction(async (tx) => {
          await tx.query('select 1');
          const { text, params } = mark(tag, 1);
          tx.last({ text, params, ...(rows !== undefined && { rows }) });
        });
      const [before, tag] = [randomUUID(), randomUUID()];
      await place(before);
      expect(await leaves(before)).toBe(1);
      // As a pooler between the two would do it. The driver sends such a statement again, behind COMMIT.
      await one.query('deallocate all');
      await expect(place(tag)).rejects.toThrow();
      expect(await leaves(tag)).toBe(0);
      await one.end();
    },
  );

  it('take a time as text, and fail as a whole where it is none', async () => {
    const tag = randomUUID();
    const at = {
      text: 'insert into mark (tag, n) select $1, 1 where $2 < now()',
      params: [tag, 'noon'],
    };
    await expect(withFirst(tag, at, mark(tag, 2))).rejects.toMatchObject({ code: '22007' });
    expect(await leaves(tag)).toBe(0);
  });

  it('leave the connection to the next transaction as it should be', async () => {
    const one = createPool({
      url: database.url,
      searchPath: 'public',
      applicationName: 'one',
      size: 1,
    });
    const tag = randomUUID();
    const failing = one.transaction((tx) => {
      tx.last({ text: 'insert into mark (tag, n) values ($1, $2::text::int)', params: [tag, 'x'] });
      return Promise.resolve();
    });
    const next = one.transaction((tx) => tx.query('select txid_current_if_assigned() as id'));
    await expect(failing).rejects.toMatchObject({ code: '22P02' });
    expect(await next).toEqual([{ id: null }]);
    await one.end();
  });
});

describe('a migration below a running process', () => {
  it('is not noticed by statements that were prepared before it', async () => {
    await pool.query(
      `create table moved as select '{"a": 1}'::jsonb as data from generate_series(1, 2)`,
    );
    const read = 'select data from moved';
    // On every connection, and often enough to be planned once for all.
    for (let n = 0; n < 10; n += 1) {
      await Promise.all(Array.from({ length: 4 }, () => pool.query(read)));
    }
    await pool.query('alter table moved alter column data set data type json');
    const rows = await Promise.all(
      Array.from({ length: 8 }, () => pool.transaction((tx) => tx.query(read))),
    );
    expect(rows).toEqual(Array.from({ length: 8 }, () => [{ data: { a: 1 } }, { data: { a: 1 } }]));
  });
});

describe('a pool', () => {
  it('fails with a clear sentence when every connection stays busy', async () => {
    const small = createPool({
      url: database.url,
      searchPath: 'public',
      applicationName: 'small',
      size: 1,
      acquireTimeoutMs: 50,
    });
    const [slow, refused] = await Promise.allSettled([
      small.query('select pg_sleep($1)', [0.3]),
      small.query('select 1'),
    ]);
    expect(slow.status).toBe('fulfilled');
    expect(refused).toMatchObject({
      reason: { message: 'All 1 connections of "small" stayed busy for 50 ms.' },
    });
    await small.end();
  });

  it('frees the place of a connection that a server closes politely while it is opened', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `postgres://nobody@127.0.0.1:${port}/none`;
    const shut = createPool({ url, searchPath: 'public', applicationName: 'shut', size: 1 });
    for (let turn = 0; turn < 3; turn += 1) {
      await expect(shut.query('select 1')).rejects.toThrow();
    }
    await shut.end();
    await new Promise((resolve) => server.close(resolve));
  });

  it('says that nobody answers when there is no server', async () => {
    const nowhere = createPool({
      url: 'postgres://nobody@127.0.0.1:9/none',
      searchPath: 'public',
      applicationName: 'nowhere',
    });
    await expect(nowhere.query('select 1')).rejects.toThrow('ECONNREFUSED');
    await nowhere.end();
  });
});

describe('parameters', () => {
  it('pass arrays with nulls, quotes, booleans and dates as they are', async () => {
    const texts = ['a"b', String.raw`c\d`, null, '', 'NULL', '{x,y}', 'null', 'b-1.c:2', ' ', 'é'];
    const date = new Date('2026-01-02T03:04:05.678Z');
    const rows = await pool.query<{ t: string | null; b: boolean; d: Date }>(
      'select * from unnest($1::text[], $2::bool[], $3::timestamptz[]) as r (t, b, d)',
      [texts, texts.map((_, i) => i % 2 === 0), texts.map(() => date)],
    );
    expect(rows.map((row) => row.t)).toEqual(texts);
    expect(rows.map((row) => row.b)).toEqual(texts.map((_, i) => i % 2 === 0));
    expect(rows[0]?.d).toEqual(date);
  });

  it('store JSON that is passed as text once, not twice', async () => {
    const [row] = await pool.query<{ kind: string; j: unknown }>(
      'select jsonb_typeof(j) as kind, j from (select $1::text::jsonb as j) as v',
      [JSON.stringify({ a: [1, null] })],
    );
    expect(row).toEqual({ kind: 'object', j: { a: [1, null] } });
  });
});
