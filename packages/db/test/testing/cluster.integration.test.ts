import { fork } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { createTestDatabase } from '../../src/testing/index.ts';
import { ask } from '../embedded/holder.ts';

it('gives each caller a migrated database of its own', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await ask(one.url, 'create table mine (n int)');
  expect(await ask(other.url, `select to_regclass('mine')`)).toBeNull();
  expect(await ask(other.url, `select to_regclass('saga.instance')::text`)).toBe('saga.instance');
  await Promise.all([one.drop(), other.drop()]);
  expect(await ask(one.url, 'select 1')).toBeUndefined();
});

it('leaves nothing behind when the run is killed with -9', async () => {
  const script = fileURLToPath(new URL('./killed-run.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--import', 'tsx'] });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const folder = String(await ask(url, 'show data_directory'));
  child.kill('SIGKILL');
  await vi.waitFor(
    async () => {
      expect(await ask(url, 'select 1')).toBeUndefined();
      await expect(stat(folder)).rejects.toThrow();
    },
    { timeout: 10_000 },
  );
});
