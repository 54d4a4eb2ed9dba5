import { createTestDatabase } from '@counterstep/db/testing';
import { createPool, type Pool } from '@counterstep/db/tx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceDatabases, type ServiceDatabases } from './databases.ts';
import { migrateEverything } from './migrate.ts';
import { seedCatalogue } from './seed.ts';
import { serviceNames, services } from './services.ts';

const ownerOf = (url: string) =>
  createPool({ url, searchPath: 'public', applicationName: 'test', size: 1 });

async function emptyDatabase(near: string): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = ownerOf(near);
  const name = `fresh_${Math.random().toString(36).slice(2)}`;
  await admin.query(`create database ${name} template template0`);
  const url = new URL(near);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

describe('migrations', () => {
  it('come out right when several processes start at once, and again', async () => {
    const test = await createTestDatabase();
    const fresh = await emptyDatabase(test.url);
    try {
      const urls = { main: fresh.url };
      await Promise.all([1, 2, 3].map(() => migrateEverything(urls)));
      await migrateEverything(urls);
      await Promise.all([seedCatalogue(urls), seedCatalogue(urls)]);
      const owner = ownerOf(fresh.url);
      const [counted] = await owner.query<{ products: string; accounts: string }>(
        `select (select count(*) from inventory.stock) as products,
                (select count(*) from payment.account) as accounts`,
      );
      await owner.end();
      expect(Number(counted?.products)).toBeGreaterThanOrEqual(12);
      expect(Number(counted?.accounts)).toBeGreaterThanOrEqual(2);
    } finally {
      await fresh.drop();
      await test.drop();
    }
  });

  it('give each service a database of its own where there is one', async () => {
    const test = await createTestDatabase();
    const main = await emptyDatabase(test.url);
    const own = await emptyDatabase(test.url);
    try {
      await migrateEverything({ main: main.url, payment: own.url });
      const owner = ownerOf(own.url);
      const schemas = await owner.query<{ name: string }>(
        `select nspname as name from pg_namespace where nspname in ('orders', 'payment', 'saga')`,
      );
      await owner.end();
      expect(schemas).toEqual([{ name: 'payment' }]);
    } finally {
      await Promise.all([main.drop(), own.drop()]);
      await test.drop();
    }
  });
});

describe('seed data', () => {
  it('never resets stock that is there', async () => {
    const { url, drop } = await createTestDatabase();
    const owner = ownerOf(url);
    await seedCatalogue({ main: url });
    await owner.query(
      `update inventory.stock set on_hand = 7, reserved = 2 where sku = 'WAL-TRAY-02'`,
    );
    await seedCatalogue({ main: url });
    const [row] = await owner.query(
      `select on_hand, reserved from inventory.stock where sku = 'WAL-TRAY-02'`,
    );
    expect(row).toEqual({ on_hand: 7, reserved: 2 });
    await owner.end();
    await drop();
  });
});

describe('roles', () => {
  let databases: ServiceDatabases;
  let owner: Pool;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const { url, drop } = await createTestDatabase();
    databases = openServiceDatabases({ main: url }, { size: 1 });
    owner = ownerOf(url);
    stop = async () => {
      await Promise.all([databases.end(), owner.end()]);
      await drop();
    };
  });
  afterAll(() => stop());

  it.each(serviceNames)('let %s act under its own role in its own schema', async (service) => {
    const [row] = await databases[service].query(
      `select current_user::text as role, current_schema()::text as schema,
              current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
              current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    const { role, schema } = services[service];
    expect(row).toEqual({ role, schema, lock: '1s', statement: '5s', idle: '1s' });
  });

  it('let nobody into the tables of another', async () => {
    const grants = await owner.query<{ role: string; schema: string }>(
      `select distinct grantee::text as role, table_schema::text as schema
         from information_schema.role_table_grants where grantee like 'counterstep_%' order by 1`,
    );
    const expected = serviceNames.map((name) => ({
      role: services[name].role,
      schema: services[name].schema,
    }));
    expect(grants.filter(({ schema }) => schema !== 'saga').toSorted(byRole)).toEqual(
      expected.toSorted(byRole),
    );
    await expect(databases.order.query('select 1 from inventory.stock')).rejects.toMatchObject({
      code: '42501',
    });
  });

  it.each([
    ['order', 'customer_order'],
    ['order', 'order_line'],
    ['inventory', 'stock'],
    ['inventory', 'reservation'],
    ['payment', 'payment'],
    ['shipment', 'shipment'],
  ] as const)('let %s not delete from %s', async (service, table) => {
    await expect(databases[service].query(`delete from ${table}`)).rejects.toMatchObject({
      code: '42501',
    });
  });
});

const byRole = (a: { role: string }, b: { role: string }) => (a.role < b.role ? -1 : 1);
