import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeEmbedded, startEmbedded } from '../../src/embedded/index.ts';
import { ask, startHolder } from './holder.ts';

const serverStarted = 'select pg_postmaster_start_time()::text';

describe('embedded Postgres', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'counterstep-embedded-'));
    dataDir = path.join(folder, 'postgres');
  });

  afterEach(async () => {
    await removeEmbedded(dataDir);
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps its data and its URL over a stop and a start', async () => {
    const first = await startEmbedded({ dataDir });
    await ask(first.url, 'create table kept as select 42 as n');
    await first.stop();
    expect(await ask(first.url, 'select 1')).toBeUndefined();

    const second = await startEmbedded({ dataDir });
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select n from kept')).toBe(42);
    await second.stop();
  });

  it('adopts the server of a start that was killed with -9', async () => {
    const holder = await startHolder(dataDir);
    await ask(holder.url, 'create table kept as select 42 as n');
    const before = await ask(holder.url, serverStarted);
    await holder.kill();

    const next = await startEmbedded({ dataDir });
    expect(next.url).toBe(holder.url);
    expect(await ask(next.url, serverStarted)).toBe(before);
    expect(await ask(next.url, 'select n from kept')).toBe(42);
    // The dead holder does not count: this stop is the last one.
    await next.stop();
    expect(await ask(next.url, 'select 1')).toBeUndefined();
  });

  it('lets two starts share one server, whoever stops first', async () => {
    const [here, there] = await Promise.all([startEmbedded({ dataDir }), startHolder(dataDir)]);
    expect(there.url).toBe(here.url);
    await here.stop();
    expect(await ask(there.url, 'select 1')).toBe(1);
    await expect(removeEmbedded(dataDir)).rejects.toThrow(/in use/);
    await there.stop();
    expect(await ask(there.url, 'select 1')).toBeUndefined();
  });

  it('starts over a pid file whose pid belongs to another process by now', async () => {
    const first = await startEmbedded({ dataDir });
    const pidFile = path.join(await clusterOf(dataDir), 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await first.stop();
    await writeFile(pidFile, [`${process.pid}`, ...lines.slice(1)].join('\n'));

    const second = await startEmbedded({ dataDir });
    expect(await ask(second.url, 'select 1')).toBe(1);
    await second.stop();
  });

  it('recovers when the server itself was killed with -9', async () => {
    const holder = await startHolder(dataDir);
    await ask(holder.url, 'create table kept as select 42 as n');
    const pid = await readFile(path.join(await clusterOf(dataDir), 'postmaster.pid'), 'utf8');
    process.kill(Number(pid.split('\n')[0]), 'SIGKILL');
    await holder.kill();

    const next = await startEmbedded({ dataDir });
    expect(await ask(next.url, 'select n from kept')).toBe(42);
    await next.stop();
  });

  it('starts where an earlier initdb was cut off', async () => {
    const first = await startEmbedded({ dataDir });
    await first.stop();
    const home = path.dirname(await clusterOf(dataDir));
    await rm(path.join(home, 'cluster'), { recursive: true });
    await writeFile(path.join(home, 'cluster.new-1234'), 'half');

    const second = await startEmbedded({ dataDir });
    expect(await ask(second.url, 'select 1')).toBe(1);
    await second.stop();
    expect((await readdir(home)).filter((name) => name.startsWith('cluster.new'))).toEqual([]);
  });

  it('keeps the password to itself and asks for it', async () => {
    const embedded = await startEmbedded({ dataDir });
    const file = path.join(path.dirname(await clusterOf(dataDir)), 'password');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const wrong = new URL(embedded.url);
    wrong.password = 'wrong';
    expect(await ask(wrong.href, 'select 1')).toBeUndefined();
    expect(await ask(embedded.url, 'show password_encryption')).toBe('scram-sha-256');
    await embedded.stop();
  });
});

async function clusterOf(dataDir: string): Promise<string> {
  const elsewhere = await readFile(path.join(dataDir, 'location'), 'utf8').catch(() => undefined);
  return path.join(elsewhere?.trim() ?? dataDir, 'cluster');
}
