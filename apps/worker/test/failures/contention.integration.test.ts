import { startProxy } from '@counterstep/db/testing';
import { createPool, type Pool } from '@counterstep/db/tx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDone, startSystem, type System } from '../system.ts';
import { endVictims, expectSound, startVictim, until } from './rig.ts';

let system: System;
/** The cluster's superuser: its sessions wait longer for a deadlock, so that the worker is the victim. */
let admin: Pool;
let placed = 0;

beforeAll(async () => {
  system = await startSystem();
  admin = createPool({
    url: system.url,
    searchPath: 'public',
    applicationName: 'admin',
    lockTimeoutMs: 0,
    idleInTransactionMs: 0,
    statementTimeoutMs: 0,
  });
  const name = new URL(system.url).pathname.slice(1);
  // Long enough to see a session wait before its only look for a deadlock, and below its lock timeout.
  await admin.query(`alter database ${name} set deadlock_timeout = '600ms'`);
  await startVictim(system.url);
});

afterAll(async () => {
  await endVictims();
  await admin.end();
  await system.stop();
});

/** Attempts of a step, as the log counts them, and how many of them failed. */
async function attemptsOf(sagaId: string, step: string): Promise<{ sent: number; failed: number }> {
  const log = (await system.log(sagaId)).filter((event) => event.step === step);
  return {
    sent: log.filter((event) => event.type === 'StepDispatched').length,
    failed: log.filter((event) => /Failed|Unknown/.test(event.type)).length,
  };
}

async function deadlocks(): Promise<number> {
  const [row] = await admin.query<{ count: number }>(
    'select deadlocks::int as count from pg_stat_database where datname = current_database()',
  );
  return row?.count ?? 0;
}

/** The other order of locks, once: holds the second product while the worker holds the first one. */
async function forceDeadlock(skus: readonly [string, string], place: () => Promise<void>) {
  const [first, second] = skus;
  const lock = 'select from inventory.stock where sku = $1 for update';
  await admin.transaction(async (tx) => {
    await tx.query(`set local deadlock_timeout = '20s'`);
    await tx.query(lock, [second]);
    await place();
    await until('the worker waits for us', async () => {
      const waiting = await admin.query(
        `select from pg_stat_activity where datname = current_database()
          and application_name like 'counterstep%inventory' and wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    await tx.query(lock, [first]);
  });
}

describe('a deadlock inside an operation', () => {
  it('is repeated as a whole and is no attempt of the step', async () => {
    const skus = ['LMP-BRS-01', 'WAL-TRAY-02'] as const;
    const lines = skus.map((sku) => ({ sku, quantity: 1 }));
    const before = await deadlocks();
    let sagaId = '';
    await forceDeadlock(skus, async () => {
      ({ sagaId } = await system.place({ lines }));
      placed += 1;
    });
    expect((await system.until(sagaId, isDone)).status).toBe('completed');
    expect(await attemptsOf(sagaId, 'inventory.reserve')).toEqual({ sent: 1, failed: 0 });
    await until('the server has counted it', async () => (await deadlocks()) > before);
  });
});

/** Lets the next inserts into a table fail with a state; a sequence counts, since it does not roll back. */
async function failInserts(
  table: string,
  state: string,
  times: number,
  when = '',
): Promise<() => Promise<void>> {
  await admin.query('create sequence public.tries');
  await admin.query('grant usage on sequence public.tries to public');
  await admin.query(
    `create function public.fail() returns trigger language plpgsql as $$ begin
       if nextval('public.tries') <= ${times} then
         raise exception 'forced' using errcode = '${state}';
       end if;
       return new;
     end $$`,
  );
  await admin.query(
    `create trigger fail before insert on ${table} for each row ${when} execute function public.fail()`,
  );
  return async () => {
    await admin.query('drop function public.fail cascade');
    await admin.query('drop sequence public.tries');
  };
}

describe('a failure of the moment', () => {
  // Serialisation failure, deadlock, lock timeout, too many connections, shutdown.
  it.each(['40001', '40P01', '55P03', '53300', '57P01'])(
    '%s, four times in a row, is no attempt of the step',
    async (state) => {
      const mend = await failInserts('inventory.reservation', state, 4);
      const { sagaId } = await system.place({});
      placed += 1;
      expect((await system.until(sagaId, isDone)).status).toBe('completed');
      expect(await attemptsOf(sagaId, 'inventory.reserve')).toEqual({ sent: 1, failed: 0 });
      await mend();
    },
  );

  it('five times in a row counts as one failed attempt', async () => {
    const mend = await failInserts('inventory.reservation', '40001', 5);
    const { sagaId } = await system.place({});
    placed += 1;
    expect((await system.until(sagaId, isDone)).status).toBe('completed');
    expect(await attemptsOf(sagaId, 'inventory.reserve')).toEqual({ sent: 2, failed: 1 });
    await mend();
  });

  it('twelve times in a row in a write of the engine leaves no trace in the log', async () => {
    // The acceptance is the client's, who gets an error after five times.
    const mend = await failInserts('saga.event', '40P01', 12, `when (new.type <> 'SagaAccepted')`);
    const { sagaId } = await system.place({});
    placed += 1;
    expect((await system.until(sagaId, isDone)).status).toBe('completed');
    expect(await attemptsOf(sagaId, 'order.create')).toEqual({ sent: 1, failed: 0 });
    await mend();
  });
});

describe('a pool whose connections are all taken', () => {
  it('says so after 2 s, and which one it is', async () => {
    const base = { url: system.url, searchPath: 'public', statementTimeoutMs: 0 };
    const pool = createPool({ ...base, applicationName: 'small', size: 1 });
    const long = pool.query('select pg_sleep(5)');
    const askedMs = Date.now();
    await expect(pool.query('select 1')).rejects.toThrow(
      'All 1 connections of "small" stayed busy for 2000 ms.',
    );
    console.log(`an exhausted pool said so after ${Date.now() - askedMs} ms`);
    await long;
    await pool.end();
  });
});

describe('a worker whose connections are all taken', () => {
  it('says so within 2 s, goes on beating, and works again when they are free', async () => {
    const proxy = await startProxy({ target: system.url });
    await endVictims();
    const worker = await startVictim(proxy.url);
    const stuck = proxy.freeze((application) => application.startsWith('counterstep engine'));
    const frozenMs = Date.now();
    await until('the pool is exhausted', () =>
      Promise.resolve(
        /All 8 connections of "counterstep engine .*" stayed busy for 2000 ms/.test(worker.said()),
      ),
    );
    console.log(`the pool was found exhausted after ${Date.now() - frozenMs} ms`);
    const beats = await heartbeats(worker.pid);
    await until(
      'three more heartbeats',
      async () => (await heartbeats(worker.pid)) > beats + 3_000,
    );
    stuck.release();
    const { sagaId } = await system.place({});
    placed += 1;
    expect((await system.until(sagaId, isDone)).status).toBe('completed');
    expect(worker.incarnations()).toBe(1);
    await endVictims();
    await proxy.stop();
    await expectSound(system, placed);
  });
});

/** The database's time of the last heartbeat, ms. */
async function heartbeats(pid: number): Promise<number> {
  const [row] = await system.saga.query<{ at: Date }>(
    `select heartbeat_at as at from saga.worker where pid = $1 and status = 'live'`,
    [pid],
  );
  return row?.at.getTime() ?? 0;
}
