import { createTestDatabase, type TestDatabase } from '@counterstep/db/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../port.ts';
import { reach } from '../reach.ts';
import { endProducts, startProduct } from './product.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await endProducts();
  await database.drop();
});

describe('a database of the user', () => {
  const changed = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    return reach('ORDER_DATABASE_URL', url.href);
  };

  it('is reached', async () => {
    await changed(() => undefined);
  });

  it('is named with what to change about it, and never with the password', async () => {
    const wrongPassword = changed((url) => (url.password = 'secret'));
    await expect(wrongPassword).rejects.toThrow(/^ORDER_DATABASE_URL: .*Change user or password/);
    await expect(wrongPassword).rejects.not.toThrow(/secret/);
    const wrongName = changed((url) => (url.pathname = '/nowhere'));
    await expect(wrongName).rejects.toThrow(/^ORDER_DATABASE_URL: .*no database "nowhere"/);
    const port = await freePort();
    const wrongPort = changed((url) => (url.port = `${port}`));
    await expect(wrongPort).rejects.toThrow(/^ORDER_DATABASE_URL: .*ECONNREFUSED.*host or port/);
  });

  it('is tried before start says that it is there', async () => {
    const DATABASE_URL = `postgres://a:secret@127.0.0.1:${await freePort()}/orders`;
    const { ended } = await startProduct({ env: { DATABASE_URL } });
    const { how, said } = await ended;
    expect(how).toBe(2);
    expect(said).toMatch(/✗ Database/);
    expect(said).toMatch(/DATABASE_URL: no Postgres answers/);
    expect(said).not.toMatch(/✓ Database|secret|\n +at /);
  }, 60_000);
});
